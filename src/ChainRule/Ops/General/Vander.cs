namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The Vandermonde matrix of a vector: the powers 0 to columns - 1 of each element along a new last axis; leading axes are a batch.</summary>
    /// <param name="columns">How many powers; as many as elements if none is named.</param>
    /// <param name="increasing">Whether the power 0 comes first, instead of last.</param>
    /// <exception cref="ShapeException">The tensor is a single number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of columns is negative.</exception>
    public Tensor Vander(int? columns = null, bool increasing = false)
    {
        if (Rank == 0)
            throw new ShapeException("Vander: a single number is no vector.");
        int count = columns ?? checked((int)Shape[^1]);
        ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(columns));
        Tensor x = ElementType.Prepare(this, takesIntegers: true);
        if (count == 0)
            return Zeros(Shape.Create([.. Shape.Sizes, 0]), x.DType);
        var powers = new Tensor[count];
        powers[0] = ConstantLike(1, x);
        for (int i = 1; i < count; i++)
            powers[i] = i == 1 ? x : powers[i - 1] * x;
        if (!increasing)
            Array.Reverse(powers);
        return Stack(powers, -1);
    }
}
