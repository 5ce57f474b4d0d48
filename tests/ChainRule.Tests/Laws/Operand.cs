namespace ChainRule.Tests.Laws;

/// <summary>How an input of an operation is sampled: numbers of an interval, or given ones that are not differentiated.</summary>
internal sealed record Operand(Shape Shape, double Low, double High)
{
    /// <summary>What is given instead of sampled: positions (int64) or a condition (bool).</summary>
    public Tensor? Given { get; private init; }

    /// <summary>Points that samples keep away from, since no derivative exists there.</summary>
    public double[] Avoids { get; init; } = [];

    public bool IsSampled => Given is null;

    public static Operand Of(Shape shape, double low = -2, double high = 2) => new(shape, low, high);

    public static Operand Positions(Shape shape, params long[] positions) => new(shape, 0, 0) { Given = Tensor.From(positions, shape) };

    public static Operand Truth(Shape shape, params bool[] values) => new(shape, 0, 0) { Given = Tensor.From(values, shape) };
}
