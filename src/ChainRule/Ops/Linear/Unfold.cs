using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>All windows as columns, what a convolution multiplies with its weights: [batch, channels, height, width] becomes [batch, channels·places, windows].</summary>
    /// <param name="kernel">The window's sizes.</param>
    /// <param name="dilation">How far apart the window's places are; 1 if not given.</param>
    /// <param name="padding">Zeros at both ends; 0 if not given.</param>
    /// <param name="stride">How far apart windows are; 1 if not given.</param>
    /// <exception cref="ShapeException">The window is larger than the padded input, or the axes are not those.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size, stride or dilation is less than 1, or a padding less than 0.</exception>
    public Tensor Unfold(PerAxis kernel, PerAxis? dilation = null, PerAxis? padding = null, PerAxis? stride = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        Sliding.RequireAxes(nameof(Unfold), Shape, 2);
        WindowGrid windows = Sliding.Over(nameof(Unfold), Shape, kernel.For(2, 1, nameof(Unfold), nameof(kernel)), stride, padding, dilation);
        return new UnfoldOp(windows).Apply(this).Flatten(-3, -2);
    }
}

/// <summary>y[.., k, o] = x[.., o·stride - padding + k·dilation] over the last axes, 0 outside;  its transpose adds the columns up.</summary>
internal sealed record UnfoldOp(WindowGrid Windows) : LinearOp
{
    public override TensorSpec Infer(in Operands x) =>
        new(Shape.Create([.. x[0].Shape.Sizes[..^Windows.Rank], Windows.KernelCount, Windows.OutputCount]), x[0].DType);

    public override void Run(in Operands x, Tensor y)
    {
        Tensor source = x[0].ToContiguous();
        switch (y.DType.Size())
        {
            case 1: Run<byte>(source, y); break;
            case 4: Run<float>(source, y); break;
            default: Run<double>(source, y); break;
        }
        GC.KeepAlive(source);
    }

    protected override LinearOp? BehindLeadingAxis(long size, TensorSpec operand) => this;

    protected override Tensor Transpose(Tensor cotangent, Call call) => new FoldOp(Windows).Apply(cotangent);

    private unsafe void Run<T>(Tensor x, Tensor y) where T : unmanaged, System.Numerics.INumber<T>
    {
        fixed (byte* source = &x.Start, target = &y.Start)
            Unfolding.Unfold(Windows, Sliding.Planes(x.Shape, Windows.Rank), (T*)source, (T*)target);
    }
}
