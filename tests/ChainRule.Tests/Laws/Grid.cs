namespace ChainRule.Tests.Laws;

/// <summary>Numbers with a shape, for references that share nothing with the engine but the words.</summary>
internal sealed class Grid
{
    private readonly long[] _strides;

    public Grid(long[] sizes, double[] values)
    {
        (Sizes, Values) = (sizes, values);
        _strides = new long[sizes.Length];
        long stride = 1;
        for (int i = sizes.Length - 1; i >= 0; i--)
        {
            _strides[i] = stride;
            stride *= sizes[i];
        }
        Assert.Equal(stride, values.Length);
    }

    public long[] Sizes { get; }

    public double[] Values { get; }

    public int Rank => Sizes.Length;

    public double this[params ReadOnlySpan<long> place] => Values[Position(place)];

    public static Grid From(Tensor x) => new(x.Shape.ToArray(), x.ToArray<double>());

    /// <summary>The value of a function of the place, everywhere.</summary>
    public static Grid Of(ReadOnlySpan<long> sizes, Func<long[], double> value)
    {
        long[] shape = sizes.ToArray();
        var place = new long[shape.Length];
        var values = new double[shape.Aggregate(1L, (count, size) => count * size)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = value(place);
            Advance(place, shape);
        }
        return new(shape, values);
    }

    public Grid Map(Func<double, double> value) => new(Sizes, Array.ConvertAll(Values, x => value(x)));

    /// <summary>The value of a function of both, broadcast.</summary>
    public static Grid Map(Grid a, Grid b, Func<double, double, double> value) =>
        Of(Broadcast(a.Sizes, b.Sizes), place => value(a.Stretched(place), b.Stretched(place)));

    /// <summary>Adds to one element.</summary>
    public void Add(ReadOnlySpan<long> place, double value) => Values[Position(place)] += value;

    /// <summary>The element that broadcasting puts at a place of a larger shape.</summary>
    public double Stretched(ReadOnlySpan<long> place)
    {
        long position = 0;
        for (int i = 1; i <= Rank; i++)
            position += Sizes[^i] == 1 ? 0 : place[^i] * _strides[^i];
        return Values[position];
    }

    /// <summary>A function of all elements along some axes, for each place of the others.</summary>
    public Grid Reduce(int[] axes, bool keepDims, Func<double[], double> value)
    {
        int[] over = [.. axes.Select(axis => axis < 0 ? axis + Rank : axis)];
        long[] kept = [.. Sizes.Select((size, axis) => over.Contains(axis) ? 1 : size)];
        Grid result = Of(kept, place => value(Along(place, over)));
        return keepDims ? result : new([.. Sizes.Where((_, axis) => !over.Contains(axis))], result.Values);
    }

    /// <summary>The place with one index replaced.</summary>
    public static long[] With(long[] place, int axis, long index)
    {
        long[] other = [.. place];
        other[axis] = index;
        return other;
    }

    private double[] Along(long[] place, int[] over)
    {
        long[] sizes = [.. over.Select(axis => Sizes[axis])];
        return Of(sizes, inner =>
        {
            long[] at = [.. place];
            for (int i = 0; i < over.Length; i++)
                at[over[i]] = inner[i];
            return this[at];
        }).Values;
    }

    private static long[] Broadcast(long[] a, long[] b)
    {
        var sizes = new long[Math.Max(a.Length, b.Length)];
        for (int i = 1; i <= sizes.Length; i++)
        {
            long left = i <= a.Length ? a[^i] : 1, right = i <= b.Length ? b[^i] : 1;
            sizes[^i] = left == 1 ? right : left;
        }
        return sizes;
    }

    private static void Advance(long[] place, long[] sizes)
    {
        for (int i = sizes.Length - 1; i >= 0; i--)
        {
            if (++place[i] < sizes[i]) return;
            place[i] = 0;
        }
    }

    private long Position(ReadOnlySpan<long> place)
    {
        Assert.Equal(Rank, place.Length);
        long position = 0;
        for (int i = 0; i < place.Length; i++)
            position += place[i] * _strides[i];
        return position;
    }
}
