namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The Kronecker product: each element of this tensor becomes a block, that element times the other tensor.</summary>
    /// <remarks>A tensor with fewer axes gets axes of size 1 in front.</remarks>
    /// <exception cref="ShapeException">The result would have too many elements, or more than 12 axes.</exception>
    public Tensor Kron(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        int rank = Math.Max(Rank, other.Rank);
        if (2 * rank > Shape.MaxRank)
            throw new ShapeException($"Kron: shapes {Shape} and {other.Shape} have too many axes: at most {Shape.MaxRank / 2}.");
        var outer = new long[2 * rank];
        var inner = new long[2 * rank];
        var product = new long[rank];
        for (int i = 1; i <= rank; i++)
        {
            outer[^(2 * i)] = i <= Rank ? Shape[^i] : 1;
            outer[^(2 * i - 1)] = inner[^(2 * i)] = 1;
            inner[^(2 * i - 1)] = i <= other.Rank ? other.Shape[^i] : 1;
            if (Math.BigMul(outer[^(2 * i)], inner[^(2 * i - 1)]) > long.MaxValue)
                throw new ShapeException($"Kron: the product of shapes {Shape} and {other.Shape} has more than 2^63 - 1 elements along an axis.");
            product[^i] = outer[^(2 * i)] * inner[^(2 * i - 1)];
        }
        return (Reshape((Shape)outer) * other.Reshape((Shape)inner)).Reshape((Shape)product);
    }
}
