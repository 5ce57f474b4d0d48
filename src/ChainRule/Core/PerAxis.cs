using System.Collections;
using System.Runtime.CompilerServices;

namespace ChainRule;

/// <summary>A number for each axis that a window slides over, or one for all of them: <c>stride: 2</c>, <c>stride: [2, 1]</c>.</summary>
[CollectionBuilder(typeof(PerAxis), nameof(Create))]
public sealed class PerAxis : IEnumerable<int>
{
    private readonly int[] _values;

    private PerAxis(int[] values) => _values = values;

    /// <summary>Makes it from one number for each axis; used by collection expressions.</summary>
    public static PerAxis Create(ReadOnlySpan<int> values) => new(values.ToArray());

    /// <summary>The same number for every axis.</summary>
    public static implicit operator PerAxis(int value) => new([value]);

    /// <summary>One number for each axis.</summary>
    public static implicit operator PerAxis(int[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new([.. values]);
    }

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _values.GetEnumerator();

    /// <summary>For example <c>3</c> or <c>3x5</c>.</summary>
    public override string ToString() => string.Join('x', _values);

    /// <summary>These numbers, which must be as many as axes, or one, and all at least <paramref name="least"/>.</summary>
    internal PerAxis Checked(int rank, int least, string operation, string argument)
    {
        For(rank, least, operation, argument);
        return this;
    }

    /// <summary>These numbers, for however many axes, all at least <paramref name="least"/>.</summary>
    internal PerAxis AtLeast(int least, string operation, string argument)
    {
        foreach (int value in _values)
            Bounds.AtLeast(value, least, operation, argument);
        return this;
    }

    /// <summary>One number for each of <paramref name="rank"/> axes, all at least <paramref name="least"/>.</summary>
    internal long[] For(int rank, int least, string operation, string argument)
    {
        if (_values.Length != 1 && _values.Length != rank)
            throw new ShapeException($"{operation}: {argument} has {_values.Length} numbers, [{string.Join(", ", _values)}], but there are {rank} axes. Give one for each, or one for all.");
        AtLeast(least, operation, argument);
        var values = new long[rank];
        for (int i = 0; i < rank; i++)
            values[i] = _values[_values.Length == 1 ? 0 : i];
        return values;
    }
}
