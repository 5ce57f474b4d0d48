using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The transpose of <see cref="Conv1d"/> in its input: every element is multiplied with the window, and what overlaps adds up. It makes shapes larger as that makes them smaller.</summary>
    /// <param name="weight">[channels, outputs / groups, length].</param>
    /// <param name="bias">[outputs], or null for none.</param>
    /// <param name="stride">How far apart the windows are put; 1 if not given.</param>
    /// <param name="padding">Elements cut off at both ends; 0 if not given.</param>
    /// <param name="outputPadding">More elements at the far end, fewer than the stride: several sizes have one convolution.</param>
    /// <param name="dilation">How far apart the window's places are; 1 if not given.</param>
    /// <param name="groups">Groups of channels that do not meet.</param>
    /// <remarks>This tensor is [batch, channels, length], or without the batch; the result's length is (length - 1)·stride - 2·padding + dilation·(window - 1) + outputPadding + 1.</remarks>
    /// <exception cref="ShapeException">The shapes do not fit, or nothing would be left.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A stride, dilation or number of groups is less than 1, a padding less than 0, or the output padding too large.</exception>
    public Tensor ConvTranspose1d(Tensor weight, Tensor? bias = null, PerAxis? stride = null, PerAxis? padding = null, PerAxis? outputPadding = null, int groups = 1, PerAxis? dilation = null) =>
        ConvTranspose(nameof(ConvTranspose1d), 1, weight, bias, stride, padding, outputPadding, groups, dilation);

    /// <summary>The transpose of <see cref="Conv2d"/> in its input: this tensor is [batch, channels, height, width], or without the batch; the weight is [channels, outputs / groups, height, width].</summary>
    /// <inheritdoc cref="ConvTranspose1d"/>
    public Tensor ConvTranspose2d(Tensor weight, Tensor? bias = null, PerAxis? stride = null, PerAxis? padding = null, PerAxis? outputPadding = null, int groups = 1, PerAxis? dilation = null) =>
        ConvTranspose(nameof(ConvTranspose2d), 2, weight, bias, stride, padding, outputPadding, groups, dilation);

    /// <summary>The transpose of <see cref="Conv3d"/> in its input: this tensor is [batch, channels, depth, height, width], or without the batch; the weight is [channels, outputs / groups, depth, height, width].</summary>
    /// <inheritdoc cref="ConvTranspose1d"/>
    public Tensor ConvTranspose3d(Tensor weight, Tensor? bias = null, PerAxis? stride = null, PerAxis? padding = null, PerAxis? outputPadding = null, int groups = 1, PerAxis? dilation = null) =>
        ConvTranspose(nameof(ConvTranspose3d), 3, weight, bias, stride, padding, outputPadding, groups, dilation);

    internal Tensor ConvTranspose(string operation, int rank, Tensor weight, Tensor? bias, PerAxis? stride, PerAxis? padding, PerAxis? outputPadding, int groups, PerAxis? dilation)
    {
        ArgumentNullException.ThrowIfNull(weight);
        Sliding.RequireAxes(operation, Shape, rank);
        if (Rank == rank + 1)
            return Unsqueeze(0).ConvTranspose(operation, rank, weight, bias, stride, padding, outputPadding, groups, dilation).Squeeze(0);
        if (groups < 1)
            throw new ArgumentOutOfRangeException(nameof(groups), groups, $"{operation}: groups must be at least 1, not {groups}.");
        Shape window = weight.Shape;
        if (window.Rank != rank + 2 || Shape[1] % groups != 0 || window[0] != Shape[1])
            throw new ShapeException($"{operation}: an input of shape {Shape} and a weight of shape {window} do not fit in {groups} groups: they must be [batch, channels, ...] and [channels, outputs / groups, ...] with channels divisible by groups.");
        Channels.RequireBias(operation, bias, Shape.For(operation, [window[1], groups]).ElementCount);
        WindowGrid windows = Sliding.Transposed(operation, Shape, window.Sizes[2..], stride, padding, outputPadding, dilation);
        Tensor x = this;
        ElementType.Meet(ref x, ref weight, takesIntegers: false);
        return Channels.Add(new ConvTransposeOp(windows, groups).Apply(x, weight), bias);
    }
}

/// <summary>x[n, c] = Σ w[o, c, k] y[n, o] over the windows and places that meet an element;  its transposes are the convolution and that in the weight.</summary>
internal sealed record ConvTransposeOp(WindowGrid Windows, long Groups) : BilinearOp
{
    public override TensorSpec Infer(in Operands x) =>
        new(Shape.Create([x[0].Shape.Sizes[0], x[1].Shape.Sizes[1] * Groups, .. Windows.Inputs]), x[0].DType);

    public override void Run(in Operands x, Tensor y)
    {
        if (y.ElementCount == 0) return;
        Tensor source = x[0].ToContiguous(), weight = x[1].ToContiguous();
        if (y.DType == DType.Float32)
            Run<float>(source, weight, y);
        else
            Run<double>(source, weight, y);
        GC.KeepAlive(source);
        GC.KeepAlive(weight);
    }

    public override Tensor Batch(BatchedOperands x)
    {
        if (!x.IsBatched(1))
            return Channels.Unflatten(Apply(x[0].Flatten(0, 1), x[1]), x.Size);
        Tensor merged = new ConvTransposeOp(Windows, Groups * x.Size).Apply(Channels.Merge(x.Spread(0)), x[1].Flatten(0, 1));
        return Channels.Split(merged, x.Size);
    }

    protected override Tensor TransposeLeft(Tensor cotangent, Tensor right) => new ConvOp(Windows, Groups).Apply(cotangent, right);

    protected override Tensor TransposeRight(Tensor left, Tensor cotangent) => new ConvWeightOp(Windows, Groups).Apply(cotangent, left);

    private unsafe void Run<T>(Tensor x, Tensor weight, Tensor y) where T : unmanaged, System.Numerics.INumber<T>
    {
        var sizes = new ConvolutionSizes(Windows, y.Shape.Sizes[0], Groups, weight.Shape.Sizes[1], weight.Shape.Sizes[0] / Groups);
        fixed (byte* source = &x.Start, factor = &weight.Start, target = &y.Start)
            Convolution.ByInput(sizes, (T*)source, (T*)factor, (T*)target);
    }
}
