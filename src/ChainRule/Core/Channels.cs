namespace ChainRule;

/// <summary>The axis of channels, the second: numbers for each channel, and examples of a batch as groups of channels.</summary>
/// <remarks>A convolution of many examples, each with weights of its own, is one in groups.</remarks>
internal static class Channels
{
    /// <summary>[examples, n, channels, ...] as [n, examples·channels, ...].</summary>
    public static Tensor Merge(Tensor x) => x.MoveAxis(0, 1).Flatten(1, 2);

    /// <summary>[n, examples·channels, ...] as [examples, n, channels, ...].</summary>
    public static Tensor Split(Tensor y, long examples) =>
        y.Reshape(Shape.Create([y.Shape[0], examples, y.Shape[1] / Math.Max(examples, 1), .. y.Shape.Sizes[2..]])).MoveAxis(1, 0);

    /// <summary>[examples·n, ...] as [examples, n, ...].</summary>
    public static Tensor Unflatten(Tensor y, long examples) =>
        y.Reshape(Shape.Create([examples, y.Shape[0] / Math.Max(examples, 1), .. y.Shape.Sizes[1..]]));

    /// <summary>Refuses a bias that is not one number for each channel.</summary>
    public static void RequireBias(string operation, Tensor? bias, long channels)
    {
        if (bias is not null && (bias.Rank != 1 || bias.Shape[0] != channels))
            throw new ShapeException($"{operation}: a bias of shape {bias.Shape} does not fit {channels} channels: it must be [{channels}].");
    }

    /// <summary>One number for each channel, [channels], added to [n, channels, ...].</summary>
    public static Tensor Add(Tensor y, Tensor? bias) => bias is null ? y : y + Over(bias, y.Rank);

    /// <summary>[channels] as [channels, 1, ...], which broadcasts over [n, channels, ...].</summary>
    public static Tensor Over(Tensor perChannel, int rank)
    {
        var sizes = new long[rank - 1];
        Array.Fill(sizes, 1);
        sizes[0] = perChannel.Shape[0];
        return perChannel.Reshape((Shape)sizes);
    }
}
