namespace ChainRule.Cli.Runs;

/// <summary>How often each class was taken for each, and what follows from that.</summary>
/// <param name="Classes">The names of the classes.</param>
/// <param name="Counts">Examples by their class (rows) and the class that was predicted (columns).</param>
internal sealed record Confusion(IReadOnlyList<string> Classes, long[,] Counts)
{
    /// <summary>Counts the predictions.</summary>
    public static Confusion Of(IReadOnlyList<string> classes, ReadOnlySpan<long> actual, ReadOnlySpan<long> predicted)
    {
        var counts = new long[classes.Count, classes.Count];
        for (int i = 0; i < actual.Length; i++)
            counts[actual[i], predicted[i]]++;
        return new Confusion(classes, counts);
    }

    public long Total => Classes.Index().Sum(actual => Support(actual.Index));

    public long Right => Classes.Index().Sum(actual => Counts[actual.Index, actual.Index]);

    public double Accuracy => Share(Right, Total);

    /// <summary>The number of examples of a class.</summary>
    public long Support(int actual) => Classes.Index().Sum(predicted => Counts[actual, predicted.Index]);

    /// <summary>The share of what was taken for the class that is of the class.</summary>
    public double Precision(int of) => Share(Counts[of, of], Classes.Index().Sum(actual => Counts[actual.Index, of]));

    /// <summary>The share of the class that was found.</summary>
    public double Recall(int of) => Share(Counts[of, of], Support(of));

    /// <summary>The harmonic mean of precision and recall.</summary>
    public double F1(int of) => Share(2 * Counts[of, of], Support(of) + Classes.Index().Sum(actual => Counts[actual.Index, of]));

    /// <summary>The mistakes that were made, the most frequent first.</summary>
    public IEnumerable<(string Actual, string Predicted, long Count)> Mistakes() =>
        from actual in Enumerable.Range(0, Classes.Count)
        from predicted in Enumerable.Range(0, Classes.Count)
        where actual != predicted && Counts[actual, predicted] > 0
        orderby Counts[actual, predicted] descending
        select (Classes[actual], Classes[predicted], Counts[actual, predicted]);

    // Nothing out of nothing is no number: it is shown as a dash.
    private static double Share(long part, long whole) => whole == 0 ? double.NaN : (double)part / whole;
}
