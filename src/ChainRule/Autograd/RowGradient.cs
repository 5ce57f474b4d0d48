namespace ChainRule;

/// <summary>
/// The gradient of a table of which a few rows were used: the gradients of those rows alone. <see cref="Tensor.Embedding"/> with
/// <c>sparse: true</c> leaves it, so that neither the backward pass nor the optimizer has to touch the whole table.
/// </summary>
public sealed class RowGradient
{
    private readonly Shape _shape;

    private RowGradient(Tensor rows, Tensor values, Shape shape) => (Rows, Values, _shape) = (rows, values, shape);

    /// <summary>The rows, ascending and each once: int64 [n].</summary>
    public Tensor Rows { get; }

    /// <summary>The gradient of each of these rows: [n, size].</summary>
    public Tensor Values { get; }

    /// <summary>The whole gradient, 0 in all other rows.</summary>
    public Tensor ToDense() => new AddAtOp(0, _shape[0]).Apply(Values, Rows);

    /// <summary>For example <c>RowGradient(3 of 1000 rows)</c>.</summary>
    public override string ToString() => $"RowGradient({Rows.ElementCount} of {_shape[0]} rows)";

    /// <summary>Adds up what flows to rows that were named more than once, in their order.</summary>
    internal static RowGradient Of(Tensor positions, Tensor cotangent, Shape shape)
    {
        (Tensor rows, Tensor places, _) = positions.Unique();
        return new(rows, new AddAtOp(0, rows.ElementCount).Apply(cotangent, places), shape);
    }

    /// <summary>The sum with another gradient of the same table.</summary>
    internal RowGradient Plus(RowGradient other)
    {
        (Tensor rows, Tensor places, _) = Tensor.Concat([Rows, other.Rows], 0).Unique();
        long count = Rows.ElementCount;
        var spread = new AddAtOp(0, rows.ElementCount);
        Tensor sum = spread.Apply(Values, places.Slice(0, 0, count)) + spread.Apply(other.Values, places.Slice(0, count, other.Rows.ElementCount));
        return new(rows, sum, _shape);
    }

    /// <summary>The same rows with other values.</summary>
    internal RowGradient With(Tensor values) => new(Rows, values, _shape);
}
