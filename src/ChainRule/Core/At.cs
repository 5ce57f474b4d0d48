namespace ChainRule;

/// <summary>One entry of an index: a position (5, ^1) or a range (1..3, .., ^2..) along one axis.</summary>
public readonly struct At : IEquatable<At>
{
    private readonly long _start, _end;
    private readonly bool _isStartFromEnd, _isEndFromEnd;

    private At(long start, bool isStartFromEnd, long end, bool isEndFromEnd, bool isSingle) =>
        (_start, _isStartFromEnd, _end, _isEndFromEnd, IsSingle) = (start, isStartFromEnd, end, isEndFromEnd, isSingle);

    /// <summary>Whether one position is meant, so that the axis goes away.</summary>
    internal bool IsSingle { get; }

    /// <summary>The position, counted from the start.</summary>
    public static implicit operator At(long position) => new(position, false, 0, false, true);

    /// <summary>The position, which may count from the end.</summary>
    public static implicit operator At(Index position) => new(position.Value, position.IsFromEnd, 0, false, true);

    /// <summary>The positions from the range's start up to but without its end.</summary>
    public static implicit operator At(Range range) => new(range.Start.Value, range.Start.IsFromEnd, range.End.Value, range.End.IsFromEnd, false);

    /// <summary>Whether both are the same entry.</summary>
    public static bool operator ==(At left, At right) => left.Equals(right);

    /// <summary>Whether the entries differ.</summary>
    public static bool operator !=(At left, At right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(At other) =>
        (_start, _end, _isStartFromEnd, _isEndFromEnd, IsSingle) == (other._start, other._end, other._isStartFromEnd, other._isEndFromEnd, other.IsSingle);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is At other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_start, _end, _isStartFromEnd, _isEndFromEnd, IsSingle);

    /// <summary>For example <c>^1</c> or <c>1..3</c>.</summary>
    public override string ToString() => IsSingle ? Text(_start, _isStartFromEnd) : $"{Text(_start, _isStartFromEnd)}..{Text(_end, _isEndFromEnd)}";

    internal (long Start, long Length) Within(Shape shape, int axis)
    {
        long size = shape.Sizes[axis];
        long start = _isStartFromEnd ? size - _start : _start;
        long end = IsSingle ? start + 1 : _isEndFromEnd ? size - _end : _end;
        if (start < 0 || start > end || end > size)
            throw new ShapeException($"Indexing: {this} is outside axis {axis} of shape {shape}, which has size {size}.");
        return (start, end - start);
    }

    private static string Text(long value, bool isFromEnd) => isFromEnd ? $"^{value}" : $"{value}";
}
