namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The axes behind the channels stretched or shrunk to other sizes.</summary>
    /// <param name="size">Their new sizes: one for each, or one for all.</param>
    /// <param name="mode">What stands between the elements.</param>
    /// <param name="alignCorners">
    /// Whether the first and last elements stay in place, so that element i lies at i·(old - 1) / (new - 1); else the elements are
    /// cells of a ruler and i lies at (i + ½)·old / new - ½. For <see cref="InterpolationMode.Linear"/> only.
    /// </param>
    /// <remarks>This tensor is [batch, channels, ...] with one axis or more behind. Elements that have no part in a result cannot make it NaN.</remarks>
    /// <exception cref="ShapeException">There are fewer than three axes, or no elements to start from.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    public Tensor Interpolate(PerAxis size, InterpolationMode mode = InterpolationMode.Nearest, bool alignCorners = false) =>
        Interpolated(nameof(Interpolate), size, mode, alignCorners);

    /// <summary>Refuses a mode that does not exist or does not go with corners.</summary>
    internal static void RequireInterpolation(string operation, InterpolationMode mode, bool alignCorners)
    {
        if (mode is not (InterpolationMode.Nearest or InterpolationMode.Linear))
            throw new ArgumentOutOfRangeException(nameof(mode), mode, $"{operation}: {mode} is no {nameof(InterpolationMode)}.");
        if (alignCorners && mode == InterpolationMode.Nearest)
            throw new ArgumentException($"{operation}: alignCorners is for the mode Linear; the nearest element has no corners.", nameof(alignCorners));
    }

    /// <summary>The same for any operation; a factor that the sizes were rounded down from gives the distances, instead of the sizes.</summary>
    internal Tensor Interpolated(string operation, PerAxis size, InterpolationMode mode, bool alignCorners, double? factor = null)
    {
        ArgumentNullException.ThrowIfNull(size);
        if (Rank < 3)
            throw new ShapeException($"{operation}: the input has shape {Shape}, but needs at least three axes, [batch, channels, ...].");
        RequireInterpolation(operation, mode, alignCorners);
        long[] sizes = size.For(Rank - 2, 1, operation, nameof(size));
        Shape.For(operation, [.. Shape.Sizes[..2], .. sizes]);
        Tensor x = mode == InterpolationMode.Linear ? ElementType.Prepare(this, takesIntegers: false) : this;
        for (int i = 0; i < sizes.Length; i++)
        {
            if (Shape[i + 2] is 0 or > int.MaxValue)
                throw new ShapeException($"{operation}: axis {i + 2} of shape {Shape} has size {Shape[i + 2]}; it must be between 1 and {int.MaxValue}.");
            if (sizes[i] != Shape[i + 2])
                x = mode == InterpolationMode.Nearest ? x.Nearest(i + 2, sizes[i], factor) : x.Between(i + 2, sizes[i], alignCorners, factor);
        }
        return x;
    }

    private Tensor Nearest(int axis, long size, double? factor)
    {
        long old = Shape[axis];
        return Take(Each(size, i => factor is { } by ? Math.Min((long)(i / by), old - 1) : i * old / size), axis);
    }

    private Tensor Between(int axis, long size, bool alignCorners, double? factor)
    {
        long last = Shape[axis] - 1;
        double At(long i) => alignCorners
            ? (size == 1 ? 0 : (double)(i * last) / (size - 1))
            : Math.Max((factor is { } by ? (i + 0.5) / by : (i + 0.5) * (last + 1) / size) - 0.5, 0);
        long Left(long i) => Math.Min((long)At(i), last);
        double Share(long i) => Left(i) == last ? 0 : At(i) - Left(i);
        // A neighbour without a share stays out, also where it is infinite.
        long Right(long i) => Share(i) == 0 ? Left(i) : Left(i) + 1;
        long[] along = new long[Rank - axis];
        Array.Fill(along, 1);
        along[0] = size;
        Tensor weight = Each(size, Share).To(DType).Reshape((Shape)along);
        return Take(Each(size, Left), axis) * (1 - weight) + Take(Each(size, Right), axis) * weight;
    }
}
