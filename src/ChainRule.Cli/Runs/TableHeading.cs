namespace ChainRule.Cli.Runs;

/// <summary>Matches the columns of a table by their names.</summary>
internal static class TableHeading
{
    /// <summary>For each column that the model takes, its place in the table; null where their names are not the same.</summary>
    /// <param name="table">The table's names, the class last.</param>
    /// <param name="model">The names in the order of the model, the class last.</param>
    public static int[]? Order(IReadOnlyList<string> table, IReadOnlyList<string> model)
    {
        string[] known = [.. model.SkipLast(1)], given = [.. table.SkipLast(1)];
        if (known.SequenceEqual(given)) return [.. Enumerable.Range(0, given.Length)];
        bool isSame = known.Distinct().Count() == known.Length && known.Order(StringComparer.Ordinal).SequenceEqual(given.Order(StringComparer.Ordinal));
        return isSame ? [.. known.Select(name => Array.IndexOf(given, name))] : null;
    }
}
