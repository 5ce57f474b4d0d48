namespace ChainRule.Tests.Laws;

/// <summary>Ways in which the elements of a tensor can lie in memory. What lies between them is not a number.</summary>
internal static class Layouts
{
    /// <summary>Each gives the tensor in another layout, or null where the shape has no such layout.</summary>
    public static (string Name, Func<Tensor, Tensor?> Lay)[] All { get; } =
    [
        ("transposed", Transposed),
        ("strided", Strided),
        ("with an offset", Shifted),
        ("reversed", Reversed),
        ("repeated", Repeated),
    ];

    private static Tensor? Transposed(Tensor x)
    {
        if (x.Rank < 2) return null;
        int[] order = [.. Enumerable.Range(0, x.Rank).Reverse()];
        return x.Permute(order).Clone().Permute(order);
    }

    private static Tensor? Strided(Tensor x)
    {
        if (x.Rank == 0) return null;
        return Filled(x, Junk(x, x.Rank - 1, 2 * x.Shape[^1] + 1).Slice(x.Rank - 1, x.Shape[^1] > 0 ? 1 : 0, x.Shape[^1], 2));
    }

    private static Tensor? Shifted(Tensor x)
    {
        if (x.Rank == 0)
            return Filled(x, Junk(x.Unsqueeze(0), 0, 4)[2]);
        return Filled(x, Junk(x, 0, x.Shape[0] + 4).Slice(0, 3, x.Shape[0]));
    }

    private static Tensor? Reversed(Tensor x) => x.Rank == 0 ? null : x.Flip().Clone().Flip();

    private static Tensor? Repeated(Tensor x) =>
        x.Rank == 0 || x.ElementCount == 0 ? null : x.Slice(x.Rank - 1, 0, 1).Clone().Expand(x.Shape);

    private static Tensor Junk(Tensor x, int axis, long size) =>
        Tensor.Full(x.Shape.With(axis, size), x.DType.IsFloating() ? double.NaN : 1, x.DType);

    private static Tensor Filled(Tensor x, Tensor view)
    {
        Assert.True(x.ElementCount == 0 || !ReferenceEquals(view.Storage, x.Storage));
        return view.CopyFrom(x);
    }
}
