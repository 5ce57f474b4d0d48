namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The lower triangle of the last two axes, zeros above it.</summary>
    /// <param name="diagonal">The last diagonal that stays: 0 for the main one, above it if positive.</param>
    /// <exception cref="ShapeException">There are fewer than two axes.</exception>
    public Tensor Tril(long diagonal = 0) => Triangle(diagonal, isLower: true, nameof(Tril));

    /// <summary>The upper triangle of the last two axes, zeros below it.</summary>
    /// <param name="diagonal">The first diagonal that stays: 0 for the main one, below it if negative.</param>
    /// <exception cref="ShapeException">There are fewer than two axes.</exception>
    public Tensor Triu(long diagonal = 0) => Triangle(diagonal, isLower: false, nameof(Triu));

    private Tensor Triangle(long diagonal, bool isLower, string operation)
    {
        if (Rank < 2)
            throw new ShapeException($"{operation}: shape {Shape} is no matrix.");
        long rows = Shape[^2], columns = Shape[^1];
        long bounded = Math.Clamp(diagonal, -rows - 1, columns + 1); // further out nothing changes
        Tensor distance = Arange(0, columns, 1, DType.Int64) - Arange(0, rows, 1, DType.Int64).Unsqueeze(1);
        return Where(isLower ? distance <= bounded : distance >= bounded, this, ConstantLike(0, this));
    }
}
