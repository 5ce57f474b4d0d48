using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The transpose of <see cref="Unfold"/>: columns [batch, channels·places, windows] added up where they overlap, [batch, channels, height, width].</summary>
    /// <param name="outputSize">Height and width of the result.</param>
    /// <param name="kernel">The window's sizes.</param>
    /// <param name="dilation">How far apart the window's places are; 1 if not given.</param>
    /// <param name="padding">Elements at both ends that are cut off; 0 if not given.</param>
    /// <param name="stride">How far apart windows are; 1 if not given.</param>
    /// <exception cref="ShapeException">There are not as many columns as windows, or not a multiple of the places.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size, stride or dilation is less than 1, or a padding less than 0.</exception>
    public Tensor Fold(PerAxis outputSize, PerAxis kernel, PerAxis? dilation = null, PerAxis? padding = null, PerAxis? stride = null)
    {
        ArgumentNullException.ThrowIfNull(outputSize);
        ArgumentNullException.ThrowIfNull(kernel);
        Sliding.RequireAxes(nameof(Fold), Shape, 1);
        Shape result = outputSize.For(2, 1, nameof(Fold), nameof(outputSize));
        WindowGrid windows = Sliding.Over(nameof(Fold), result, kernel.For(2, 1, nameof(Fold), nameof(kernel)), stride, padding, dilation);
        if (Shape[^1] != windows.OutputCount || Shape[^2] % windows.KernelCount != 0)
            throw new ShapeException($"Fold: columns of shape {Shape} do not fit a result of {result}: there must be {windows.OutputCount} columns, one for each window, of a multiple of {windows.KernelCount} elements, one for each place.");
        Tensor x = DType == DType.Bool ? To(DType.Int32) : this;
        Shape split = Shape.Create([.. Shape.Sizes[..^2], Shape[^2] / windows.KernelCount, windows.KernelCount, Shape[^1]]);
        return new FoldOp(windows).Apply(x.Reshape(split));
    }
}

/// <summary>y = Σ x[.., k, o] over the places k and windows o that meet an element;  its transpose copies the element into each column.</summary>
internal sealed record FoldOp(WindowGrid Windows) : LinearOp
{
    public override TensorSpec Infer(in Operands x) => new(Shape.Create([.. x[0].Shape.Sizes[..^2], .. Windows.Inputs]), x[0].DType);

    public override void Run(in Operands x, Tensor y)
    {
        Tensor source = x[0].ToContiguous();
        y.FillWith(0);
        switch (y.DType)
        {
            case DType.Float32: Run<float>(source, y); break;
            case DType.Float64: Run<double>(source, y); break;
            case DType.Int32: Run<int>(source, y); break;
            default: Run<long>(source, y); break;
        }
        GC.KeepAlive(source);
    }

    protected override LinearOp? BehindLeadingAxis(long size, TensorSpec operand) => this;

    protected override Tensor Transpose(Tensor cotangent, Call call) => new UnfoldOp(Windows).Apply(cotangent);

    private unsafe void Run<T>(Tensor x, Tensor y) where T : unmanaged, System.Numerics.INumber<T>
    {
        fixed (byte* source = &x.Start, target = &y.Start)
            Unfolding.Fold(Windows, Sliding.Planes(y.Shape, Windows.Rank), (T*)source, (T*)target);
    }
}
