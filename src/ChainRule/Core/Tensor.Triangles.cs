namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The positions of the lower triangle of a matrix, row by row: [2, count] of rows and columns; int64.</summary>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="columns">Columns of the matrix.</param>
    /// <param name="diagonal">The last diagonal that belongs to it.</param>
    public static Tensor TrilIndices(long rows, long columns, long diagonal = 0) => Marks(rows, columns, nameof(TrilIndices)).Tril(diagonal).Nonzero().T;

    /// <summary>The positions of the upper triangle of a matrix, row by row: [2, count] of rows and columns; int64.</summary>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="columns">Columns of the matrix.</param>
    /// <param name="diagonal">The first diagonal that belongs to it.</param>
    public static Tensor TriuIndices(long rows, long columns, long diagonal = 0) => Marks(rows, columns, nameof(TriuIndices)).Triu(diagonal).Nonzero().T;

    private static Tensor Marks(long rows, long columns, string operation)
    {
        Shape.RequireCount(rows, operation, nameof(rows));
        Shape.RequireCount(columns, operation, nameof(columns));
        return Ones(Shape.For(operation, [rows, columns]), DType.Bool);
    }
}
