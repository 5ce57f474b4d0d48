using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The largest element of each window over the last axis; NaN if there is one. Elements that are equal to it share the gradient.</summary>
    /// <param name="kernel">The window's size.</param>
    /// <param name="stride">How far apart windows are; the window's size if not given.</param>
    /// <param name="padding">Elements at both ends, at most half a window, that are never the largest; 0 if not given.</param>
    /// <param name="dilation">How far apart the window's places are; 1 if not given.</param>
    /// <param name="ceilMode">Whether a last window that is only partly inside counts, too.</param>
    /// <remarks>This tensor is [batch, channels, length], or without the batch.</remarks>
    /// <exception cref="ShapeException">The window is larger than the padded input, or there are too few axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size, stride or dilation is less than 1, or a padding less than 0 or more than half a window.</exception>
    public Tensor MaxPool1d(PerAxis kernel, PerAxis? stride = null, PerAxis? padding = null, PerAxis? dilation = null, bool ceilMode = false) =>
        MaxPool(Sliding.Pool(nameof(MaxPool1d), Shape, 1, kernel, stride, padding, dilation, ceilMode));

    /// <summary>The largest element of each window over the last two axes: this tensor is [batch, channels, height, width], or without the batch.</summary>
    /// <inheritdoc cref="MaxPool1d"/>
    public Tensor MaxPool2d(PerAxis kernel, PerAxis? stride = null, PerAxis? padding = null, PerAxis? dilation = null, bool ceilMode = false) =>
        MaxPool(Sliding.Pool(nameof(MaxPool2d), Shape, 2, kernel, stride, padding, dilation, ceilMode));

    private Tensor MaxPool(WindowGrid windows) => new MaxPoolOp(windows).Apply(ElementType.Prepare(this, takesIntegers: false));
}

/// <summary>y = the largest element of each window over the last axes;  its derivative is shared equally by the elements that attain it.</summary>
internal sealed record MaxPoolOp(WindowGrid Windows) : Op
{
    public override Keeps Keeps => Keeps.Inputs;

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

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent) => new MaxPoolSpreadOp(Windows).Apply(cotangent, call.Input(0));

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents) => new MaxPoolPickOp(Windows).Apply(tangents[0]!, call.Input(0));

    public override Tensor Batch(BatchedOperands x) => Apply(x[0]);

    private unsafe void Run<T>(Tensor x, Tensor y) where T : unmanaged, System.Numerics.INumber<T>
    {
        fixed (byte* source = &x.Start, target = &y.Start)
            MaxPooling.Forward(Windows, Sliding.Planes(y.Shape, Windows.Rank), (T*)source, (T*)target);
    }
}
