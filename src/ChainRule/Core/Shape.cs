using System.Collections;
using System.Runtime.CompilerServices;

namespace ChainRule;

/// <summary>The sizes of a tensor's axes: <c>[]</c> for a scalar, <c>[rows, columns]</c> for a matrix. Immutable.</summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public sealed class Shape : IReadOnlyList<long>, IEquatable<Shape>
{
    /// <summary>The largest number of axes.</summary>
    public const int MaxRank = 24;

    private readonly long[] _sizes;
    private long[]? _strides, _zeroStrides;

    private Shape(long[] sizes)
    {
        if (sizes.Length > MaxRank)
            throw new ShapeException($"A shape has at most {MaxRank} axes, not {sizes.Length}.");
        _sizes = sizes;
        ElementCount = CountElements(sizes);
    }

    /// <summary>The shape of a single number: no axes, one element.</summary>
    public static Shape Scalar { get; } = new([]);

    /// <summary>The number of axes.</summary>
    public int Rank => _sizes.Length;

    /// <summary>The number of elements, 1 for a scalar.</summary>
    public long ElementCount { get; }

    /// <summary>The size of one axis; <c>shape[^1]</c> is the last one's.</summary>
    public long this[Index axis] => this[axis.GetOffset(Rank)];

    /// <summary>The size of one axis, counted from the first.</summary>
    public long this[int axis] => (uint)axis < (uint)_sizes.Length
        ? _sizes[axis]
        : throw new ShapeException($"Shape {this} has no axis {axis}: it has {Rank} axes.");

    int IReadOnlyCollection<long>.Count => Rank;

    internal ReadOnlySpan<long> Sizes => _sizes;

    /// <summary>Strides, in elements, of a contiguous row-major tensor of this shape.</summary>
    internal long[] Strides => _strides ??= RowMajor(_sizes);

    /// <summary>Strides of one element seen everywhere.</summary>
    internal long[] ZeroStrides => _zeroStrides ??= new long[_sizes.Length];

    /// <summary>Makes a shape from sizes; used by collection expressions: <c>Shape s = [2, 3];</c></summary>
    /// <exception cref="ShapeException">A negative size, too many axes, or more than 2^63 - 1 elements.</exception>
    public static Shape Create(ReadOnlySpan<long> sizes) => sizes.IsEmpty ? Scalar : new Shape(sizes.ToArray());

    /// <summary>The shape of a result; what is wrong with it is said in the name of the operation.</summary>
    internal static Shape For(string operation, ReadOnlySpan<long> sizes)
    {
        try
        {
            return Create(sizes);
        }
        catch (ShapeException wrong)
        {
            throw new ShapeException($"{operation}: the result would be too large or have too many axes. {wrong.Message}", wrong);
        }
    }

    /// <summary>The shape with these sizes.</summary>
    public static implicit operator Shape(long[] sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        return Create(sizes);
    }

    /// <summary>The shape with these sizes.</summary>
    public static implicit operator Shape(int[] sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        return Create(Array.ConvertAll(sizes, size => (long)size));
    }

    /// <summary>The shape with one axis of this size.</summary>
    public static implicit operator Shape(int size) => Create([size]);

    /// <summary>Whether both are the same sizes in the same order.</summary>
    public static bool operator ==(Shape? left, Shape? right) => ReferenceEquals(left, right) || (left is not null && left.Equals(right));

    /// <summary>Whether the sizes differ.</summary>
    public static bool operator !=(Shape? left, Shape? right) => !(left == right);

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && _sizes.AsSpan().SequenceEqual(other._sizes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (long size in _sizes)
            hash.Add(size);
        return hash.ToHashCode();
    }

    /// <summary>The sizes as a new array.</summary>
    public long[] ToArray() => [.. _sizes];

    /// <inheritdoc/>
    public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)_sizes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _sizes.GetEnumerator();

    /// <summary>For example <c>[2, 3]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", _sizes)}]";

    /// <summary>Turns an axis that may count from the end (-1 is the last) into one that counts from the first.</summary>
    internal int Axis(int axis, string operation)
    {
        int counted = axis < 0 ? axis + Rank : axis;
        if ((uint)counted >= (uint)Rank)
            throw new ShapeException($"{operation}: axis {axis} does not exist in shape {this}, which has {Rank} axes.");
        return counted;
    }

    /// <summary>The shape to which both broadcast: sizes are matched from the last axis, and 1 stretches.</summary>
    internal static Shape Broadcast(Shape left, Shape right, string operation)
    {
        if (left == right) return left;
        var sizes = new long[Math.Max(left.Rank, right.Rank)];
        for (int i = 1; i <= sizes.Length; i++)
        {
            long a = i <= left.Rank ? left._sizes[^i] : 1, b = i <= right.Rank ? right._sizes[^i] : 1;
            if (a != b && a != 1 && b != 1)
                throw new ShapeException($"{operation}: shapes {left} and {right} do not broadcast: {a} meets {b}. Sizes are matched from the last axis and must be equal or 1.");
            sizes[^i] = a == 1 ? b : a;
        }
        return left._sizes.AsSpan().SequenceEqual(sizes) ? left : right._sizes.AsSpan().SequenceEqual(sizes) ? right : new Shape(sizes);
    }

    /// <summary>Refuses a number of elements below 0.</summary>
    internal static void RequireCount(long count, string operation, string argument)
    {
        if (count < 0)
            throw new ShapeException($"{operation}: {argument} is {count}, but must not be negative.");
    }

    /// <summary>This shape with one axis's size replaced.</summary>
    internal Shape With(int axis, long size)
    {
        long[] sizes = ToArray();
        sizes[axis] = size;
        return new Shape(sizes);
    }

    private static long CountElements(long[] sizes)
    {
        bool isEmpty = false;
        foreach (long size in sizes)
        {
            if (size < 0)
                throw new ShapeException($"A size cannot be negative: [{string.Join(", ", sizes)}].");
            isEmpty |= size == 0;
        }
        if (isEmpty) return 0; // before multiplying: [2^32, 2^32, 0] is legal
        long count = 1;
        foreach (long size in sizes)
        {
            if (long.MaxValue / size < count)
                throw new ShapeException($"Shape [{string.Join(", ", sizes)}] has more than 2^63 - 1 elements.");
            count *= size;
        }
        return count;
    }

    private static long[] RowMajor(long[] sizes)
    {
        var strides = new long[sizes.Length];
        long stride = 1;
        for (int i = sizes.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride = unchecked(stride * Math.Max(sizes[i], 1)); // an empty tensor's strides are never used
        }
        return strides;
    }
}
