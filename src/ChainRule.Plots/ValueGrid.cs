namespace ChainRule.Plots;

/// <summary>Values by row and column, such as measurements for all pairs of two settings.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="RowNames">The first stands on top.</param>
/// <param name="ColumnNames">From the left.</param>
/// <param name="ColumnLabel">What the columns are.</param>
/// <param name="Values">One for each row and column, between 0 and 1; one that is no number stays white.</param>
/// <param name="Marked">Cells to frame.</param>
public sealed record ValueGrid(string Title, IReadOnlyList<string> RowNames, IReadOnlyList<string> ColumnNames, string ColumnLabel, double[,] Values, IReadOnlyList<(int Row, int Column)> Marked);
