using System.Collections;
using System.Runtime.CompilerServices;

namespace ChainRule;

/// <summary>A choice of axes, as a number or a list: <c>x.Sum(0)</c>, <c>x.Sum([0, -1])</c>. Negative ones count from the end.</summary>
[CollectionBuilder(typeof(Axes), nameof(Create))]
public sealed class Axes : IEnumerable<int>
{
    private readonly int[] _axes;

    private Axes(int[] axes) => _axes = axes;

    /// <summary>Makes a choice of axes; used by collection expressions.</summary>
    public static Axes Create(ReadOnlySpan<int> axes) => new(axes.ToArray());

    /// <summary>The choice of one axis.</summary>
    public static implicit operator Axes(int axis) => new([axis]);

    /// <summary>The choice of these axes.</summary>
    public static implicit operator Axes(int[] axes)
    {
        ArgumentNullException.ThrowIfNull(axes);
        return new([.. axes]);
    }

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_axes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _axes.GetEnumerator();

    /// <summary>For example <c>[0, -1]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", _axes)}]";

    /// <summary>The axes whose bits are set.</summary>
    internal static Axes From(uint mask)
    {
        var axes = new List<int>();
        for (int i = 0; i < Shape.MaxRank; i++)
        {
            if ((mask >> i & 1) != 0)
                axes.Add(i);
        }
        return new([.. axes]);
    }

    /// <summary>One bit for each axis of a shape; all if none was named.</summary>
    internal static uint Mask(Axes? axes, Shape shape, string operation)
    {
        if (axes is null)
            return (uint)((1ul << shape.Rank) - 1);
        uint mask = 0;
        foreach (int axis in axes._axes)
        {
            uint bit = 1u << shape.Axis(axis, operation);
            if ((mask & bit) != 0)
                throw new ShapeException($"{operation}: axis {axis} is named twice in {axes}.");
            mask |= bit;
        }
        return mask;
    }
}
