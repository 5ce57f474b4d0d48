namespace ChainRule.Cli;

/// <summary>What a mistyped word may have meant.</summary>
internal static class Suggestion
{
    private const int MostMistakes = 3;

    /// <summary>"; did you mean train?", or nothing where no name is near.</summary>
    public static string For(string word, IEnumerable<string> names)
    {
        // A third of the letters wrong is another word.
        int most = Math.Min(MostMistakes, Math.Max(1, word.Length / 3));
        string? nearest = names.Where(name => Distance(word, name) <= most).MinBy(name => Distance(word, name));
        return nearest is null ? "" : $"; did you mean {nearest}?";
    }

    /// <summary>Letters inserted, left out, replaced or swapped with their neighbour (Damerau and Levenshtein, restricted).</summary>
    public static int Distance(string first, string second)
    {
        var costs = new int[first.Length + 1, second.Length + 1];
        for (int i = 0; i <= first.Length; i++)
        {
            for (int j = 0; j <= second.Length; j++)
                costs[i, j] = Cost(costs, first, second, i, j);
        }
        return costs[first.Length, second.Length];
    }

    private static int Cost(int[,] costs, string first, string second, int i, int j)
    {
        if (i == 0 || j == 0) return i + j;
        bool isSame = char.ToLowerInvariant(first[i - 1]) == char.ToLowerInvariant(second[j - 1]);
        int cost = Math.Min(Math.Min(costs[i - 1, j], costs[i, j - 1]) + 1, costs[i - 1, j - 1] + (isSame ? 0 : 1));
        bool isSwapped = i > 1 && j > 1 && first[i - 1] == second[j - 2] && first[i - 2] == second[j - 1];
        return isSwapped ? Math.Min(cost, costs[i - 2, j - 2] + 1) : cost;
    }
}
