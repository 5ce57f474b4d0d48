namespace ChainRule.Tests.Laws;

/// <summary>Convolutions and poolings element by element, from their definitions.</summary>
/// <param name="Kernel">The window's size along each axis.</param>
/// <param name="Stride">How far apart windows are.</param>
/// <param name="Padding">How far windows reach beyond the edges.</param>
/// <param name="Dilation">How far apart a window's places are.</param>
internal sealed record WindowReference(long[] Kernel, long[] Stride, long[] Padding, long[] Dilation)
{
    public int Rank => Kernel.Length;

    public static WindowReference Of(long kernel, long stride = 1, long padding = 0, long dilation = 1, int rank = 1) =>
        new([.. Enumerable.Repeat(kernel, rank)], [.. Enumerable.Repeat(stride, rank)], [.. Enumerable.Repeat(padding, rank)], [.. Enumerable.Repeat(dilation, rank)]);

    /// <summary>y[n, o, i] = Σ w[o, c, k] x[n, c, i·stride - padding + k·dilation].</summary>
    public Grid Conv(Grid x, Grid weight, Grid? bias = null, long groups = 1)
    {
        long inputs = weight.Sizes[1], outputs = weight.Sizes[0] / groups;
        return Grid.Of([x.Sizes[0], weight.Sizes[0], .. Outputs(x.Sizes[2..])], i =>
        {
            double sum = bias is null ? 0 : bias[i[1]];
            foreach (long[] k in Places(Kernel))
            {
                long[] at = Meets(i[2..], k);
                for (long c = 0; c < inputs && IsInside(at, x.Sizes[2..]); c++)
                    sum += weight[[i[1], c, .. k]] * x[[i[0], i[1] / outputs * inputs + c, .. at]];
            }
            return sum;
        });
    }

    /// <summary>y[n, o, i·stride - padding + k·dilation] += w[c, o, k] x[n, c, i], from zeros of the given sizes.</summary>
    public Grid ConvTranspose(Grid x, Grid weight, long[] sizes, Grid? bias = null, long groups = 1)
    {
        long inputs = weight.Sizes[0] / groups, outputs = weight.Sizes[1];
        Grid y = Grid.Of([x.Sizes[0], outputs * groups, .. sizes], i => bias is null ? 0 : bias[i[1]]);
        foreach (long[] i in Places(x.Sizes))
        {
            foreach (long[] k in Places(Kernel))
            {
                long[] at = Meets(i[2..], k);
                for (long o = 0; o < outputs && IsInside(at, sizes); o++)
                    y.Add([i[0], i[1] / inputs * outputs + o, .. at], weight[[i[1], o, .. k]] * x[i]);
            }
        }
        return y;
    }

    /// <summary>w[o, c, k] = Σ x[n, c, i·stride - padding + k·dilation] y[n, o, i].</summary>
    public Grid ConvWeight(Grid x, Grid y, long groups = 1)
    {
        long inputs = x.Sizes[1] / groups, outputs = y.Sizes[1] / groups;
        return Grid.Of([y.Sizes[1], inputs, .. Kernel], w =>
        {
            double sum = 0;
            foreach (long[] i in Places(y.Sizes[2..]))
            {
                long[] at = Meets(i, w[2..]);
                for (long n = 0; n < x.Sizes[0] && IsInside(at, x.Sizes[2..]); n++)
                    sum += x[[n, w[0] / outputs * inputs + w[1], .. at]] * y[[n, w[0], .. i]];
            }
            return sum;
        });
    }

    /// <summary>A function of the places, inside the input, of each window over the last axes.</summary>
    public Grid Pool(Grid x, Func<long[][], double> value, bool ceil = false)
    {
        int kept = x.Rank - Rank;
        return Grid.Of([.. x.Sizes[..kept], .. Outputs(x.Sizes[kept..], ceil)], i =>
        {
            long[][] inside = [.. Places(Kernel).Select(k => Meets(i[kept..], k)).Where(at => IsInside(at, x.Sizes[kept..]))];
            return value([.. inside.Select(at => (long[])[.. i[..kept], .. at])]);
        });
    }

    /// <summary>How many windows there are along each axis, counted one by one.</summary>
    public long[] Outputs(long[] sizes, bool ceil = false) => [.. sizes.Select((size, a) =>
    {
        long count = 0;
        for (long start = -Padding[a]; ; start += Stride[a], count++)
        {
            bool fits = start + (Kernel[a] - 1) * Dilation[a] < size + Padding[a];
            if (!fits && (!ceil || start >= size || start - Stride[a] + (Kernel[a] - 1) * Dilation[a] >= size + Padding[a] - 1)) return count;
        }
    })];

    public static IEnumerable<long[]> Places(long[] sizes)
    {
        var places = new List<long[]>();
        Grid.Of(sizes, place =>
        {
            places.Add([.. place]);
            return 0;
        });
        return places;
    }

    /// <summary>The place of the input that place k of window i meets.</summary>
    public long[] Meets(long[] i, long[] k) => [.. i.Select((window, a) => window * Stride[a] - Padding[a] + k[a] * Dilation[a])];

    public static bool IsInside(long[] at, long[] sizes) => at.Zip(sizes).All(pair => pair.First >= 0 && pair.First < pair.Second);
}
