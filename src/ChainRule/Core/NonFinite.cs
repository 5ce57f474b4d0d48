namespace ChainRule;

/// <summary>Whether a tensor holds NaN and infinities, and in row-major order where the first of each is; -1 for none.</summary>
internal readonly record struct NonFinite(long FirstNaN, long FirstInfinity)
{
    public static NonFinite None => new(-1, -1);

    public bool HasNaN => FirstNaN >= 0;

    public bool HasInfinity => FirstInfinity >= 0;

    /// <summary>Looks through all numbers of a tensor; in a batch, of all examples.</summary>
    public static NonFinite In(Tensor x)
    {
        if (!x.DType.IsFloating() || x.ElementCount == 0) return None;
        Tensor values = x.Bare.ToContiguous();
        NonFinite found = x.DType == DType.Float32 ? In<float>(values.Span<float>()) : In<double>(values.Span<double>());
        GC.KeepAlive(values);
        return found;
    }

    /// <summary>The indices of an element of the tensor, as in <c>[0, 2]</c>.</summary>
    public static string Place(Shape shape, long position)
    {
        var indices = new long[shape.Rank];
        for (int i = indices.Length - 1; i >= 0; position /= shape.Sizes[i--])
            indices[i] = position % shape.Sizes[i];
        return $"[{string.Join(", ", indices)}]";
    }

    private static NonFinite In<T>(ReadOnlySpan<T> values) where T : System.Numerics.IFloatingPointIeee754<T>
    {
        long nan = -1, infinity = -1;
        for (int i = 0; i < values.Length && (nan < 0 || infinity < 0); i++)
        {
            if (T.IsFinite(values[i])) continue;
            if (T.IsNaN(values[i]))
                nan = nan < 0 ? i : nan;
            else
                infinity = infinity < 0 ? i : infinity;
        }
        return new(nan, infinity);
    }
}
