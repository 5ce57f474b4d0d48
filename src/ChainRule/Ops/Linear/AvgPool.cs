using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The mean of each window over the last axis.</summary>
    /// <param name="kernel">The window's size.</param>
    /// <param name="stride">How far apart windows are; the window's size if not given.</param>
    /// <param name="padding">Zeros at both ends, at most half a window; 0 if not given.</param>
    /// <param name="ceilMode">Whether a last window that is only partly inside counts, too.</param>
    /// <param name="countIncludePad">Whether the zeros of the padding count as elements.</param>
    /// <remarks>This tensor is [batch, channels, length], or without the batch. Sums are in float64.</remarks>
    /// <exception cref="ShapeException">The window is larger than the padded input, or there are too few axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size or stride is less than 1, or a padding less than 0 or more than half a window.</exception>
    public Tensor AvgPool1d(PerAxis kernel, PerAxis? stride = null, PerAxis? padding = null, bool ceilMode = false, bool countIncludePad = true) =>
        AvgPool(Sliding.Pool(nameof(AvgPool1d), Shape, 1, kernel, stride, padding, null, ceilMode), countIncludePad);

    /// <summary>The mean of each window over the last two axes: this tensor is [batch, channels, height, width], or without the batch.</summary>
    /// <inheritdoc cref="AvgPool1d"/>
    public Tensor AvgPool2d(PerAxis kernel, PerAxis? stride = null, PerAxis? padding = null, bool ceilMode = false, bool countIncludePad = true) =>
        AvgPool(Sliding.Pool(nameof(AvgPool2d), Shape, 2, kernel, stride, padding, null, ceilMode), countIncludePad);

    private Tensor AvgPool(WindowGrid windows, bool countsPadding) => new AvgPoolOp(windows, countsPadding).Apply(ElementType.Prepare(this, takesIntegers: false));
}

/// <summary>y = the mean of each window over the last axes;  its transpose spreads each window's cotangent evenly.</summary>
internal sealed record AvgPoolOp(WindowGrid Windows, bool CountsPadding) : LinearOp
{
    public override TensorSpec Infer(in Operands x) => new(Sliding.Replaced(x[0].Shape, Windows.Outputs), x[0].DType);

    public override void Run(in Operands x, Tensor y)
    {
        Tensor source = x[0].ToContiguous();
        if (y.DType == DType.Float32)
            Run<float>(source, y);
        else
            Run<double>(source, y);
        GC.KeepAlive(source);
    }

    protected override LinearOp? BehindLeadingAxis(long size, TensorSpec operand) => this;

    protected override Tensor Transpose(Tensor cotangent, Call call) => new AvgPoolSpreadOp(Windows, CountsPadding).Apply(cotangent);

    private unsafe void Run<T>(Tensor x, Tensor y) where T : unmanaged, System.Numerics.INumber<T>
    {
        fixed (byte* source = &x.Start, target = &y.Start)
            AveragePooling.Forward(Windows, Sliding.Planes(y.Shape, Windows.Rank), CountsPadding, (T*)source, (T*)target);
    }
}
