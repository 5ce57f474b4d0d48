using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The convolution y[n, o, i] = Σ w[o, c, k] x[n, c, i·stride - padding + k·dilation] + b[o] over the channels c of o's group and the places k of the window.</summary>
    /// <param name="weight">[outputs, channels / groups, length]; the window is not turned round.</param>
    /// <param name="bias">[outputs], or null for none.</param>
    /// <param name="stride">How far apart windows are; 1 if not given.</param>
    /// <param name="padding">Zeros at both ends; 0 if not given. For other edges see <see cref="PaddingMode"/>.</param>
    /// <param name="dilation">How far apart the window's places are; 1 if not given.</param>
    /// <param name="groups">Groups of channels that do not meet.</param>
    /// <remarks>This tensor is [batch, channels, length], or without the batch. Zeros of the padding are multiplied like others: an infinite weight there gives NaN.</remarks>
    /// <exception cref="ShapeException">The shapes do not fit, or the window is larger than the padded input.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A stride, dilation or number of groups is less than 1, or a padding less than 0.</exception>
    public Tensor Conv1d(Tensor weight, Tensor? bias = null, PerAxis? stride = null, PerAxis? padding = null, PerAxis? dilation = null, int groups = 1) =>
        Conv(nameof(Conv1d), 1, weight, bias, stride, padding, dilation, groups);

    /// <summary>The convolution over two axes: this tensor is [batch, channels, height, width], or without the batch; the weight is [outputs, channels / groups, height, width].</summary>
    /// <inheritdoc cref="Conv1d"/>
    public Tensor Conv2d(Tensor weight, Tensor? bias = null, PerAxis? stride = null, PerAxis? padding = null, PerAxis? dilation = null, int groups = 1) =>
        Conv(nameof(Conv2d), 2, weight, bias, stride, padding, dilation, groups);

    /// <summary>The convolution over three axes: this tensor is [batch, channels, depth, height, width], or without the batch; the weight is [outputs, channels / groups, depth, height, width].</summary>
    /// <inheritdoc cref="Conv1d"/>
    public Tensor Conv3d(Tensor weight, Tensor? bias = null, PerAxis? stride = null, PerAxis? padding = null, PerAxis? dilation = null, int groups = 1) =>
        Conv(nameof(Conv3d), 3, weight, bias, stride, padding, dilation, groups);

    internal Tensor Conv(string operation, int rank, Tensor weight, Tensor? bias, PerAxis? stride, PerAxis? padding, PerAxis? dilation, int groups)
    {
        ArgumentNullException.ThrowIfNull(weight);
        Sliding.RequireAxes(operation, Shape, rank);
        if (Rank == rank + 1)
            return Unsqueeze(0).Conv(operation, rank, weight, bias, stride, padding, dilation, groups).Squeeze(0);
        if (groups < 1)
            throw new ArgumentOutOfRangeException(nameof(groups), groups, $"{operation}: groups must be at least 1, not {groups}.");
        Shape window = weight.Shape;
        if (window.Rank != rank + 2 || Shape[1] % groups != 0 || window[0] % groups != 0 || window[1] != Shape[1] / groups)
            throw new ShapeException($"{operation}: an input of shape {Shape} and a weight of shape {window} do not fit in {groups} groups: they must be [batch, channels, ...] and [outputs, channels / groups, ...] with channels and outputs divisible by groups.");
        Channels.RequireBias(operation, bias, window[0]);
        WindowGrid windows = Sliding.Over(operation, Shape, window.Sizes[2..], stride, padding, dilation);
        Tensor x = this;
        ElementType.Meet(ref x, ref weight, takesIntegers: false);
        return Channels.Add(new ConvOp(windows, groups).Apply(x, weight), bias);
    }
}

/// <summary>y[n, o] = Σ w[o, c, k] x[n, c] over the windows, in groups;  its transposes are those in the input and in the weight.</summary>
internal sealed record ConvOp(WindowGrid Windows, long Groups) : BilinearOp
{
    public override TensorSpec Infer(in Operands x) => new(Shape.Create([x[0].Shape.Sizes[0], x[1].Shape.Sizes[0], .. Windows.Outputs]), x[0].DType);

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
        Tensor merged = new ConvOp(Windows, Groups * x.Size).Apply(Channels.Merge(x.Spread(0)), x[1].Flatten(0, 1));
        return Channels.Split(merged, x.Size);
    }

    protected override Tensor TransposeLeft(Tensor cotangent, Tensor right) => new ConvTransposeOp(Windows, Groups).Apply(cotangent, right);

    protected override Tensor TransposeRight(Tensor left, Tensor cotangent) => new ConvWeightOp(Windows, Groups).Apply(left, cotangent);

    private unsafe void Run<T>(Tensor x, Tensor weight, Tensor y) where T : unmanaged, System.Numerics.INumber<T>
    {
        var sizes = new ConvolutionSizes(Windows, y.Shape.Sizes[0], Groups, weight.Shape.Sizes[1], weight.Shape.Sizes[0] / Groups);
        fixed (byte* source = &x.Start, factor = &weight.Start, target = &y.Start)
            Convolution.Forward(sizes, (T*)source, (T*)factor, (T*)target);
    }
}
