using ChainRule.Explain.Symbols;

namespace ChainRule.Explain.Parsing;

/// <summary>The names that mean something: functions and constants.</summary>
internal static class Vocabulary
{
    private static readonly Dictionary<string, string> _otherNames = new() { ["ln"] = "log", ["swish"] = "silu", ["arcsin"] = "asin", ["arccos"] = "acos", ["arctan"] = "atan" };
    private static readonly Dictionary<string, double> _constants = new() { ["pi"] = Math.PI, ["π"] = Math.PI, ["e"] = Math.E };

    // The number of arguments, least and most.
    private static readonly Dictionary<string, (int Least, int Most)> _tensorFunctions = new()
    {
        ["pow"] = (2, 2),
        ["min"] = (1, 2),
        ["max"] = (1, 2),
        ["sum"] = (1, 1),
        ["mean"] = (1, 1),
        ["norm"] = (1, 1),
        ["dot"] = (2, 2),
        ["matmul"] = (2, 2),
        ["transpose"] = (1, 1),
    };

    public static IEnumerable<string> FunctionNames => Functions.Names.Concat(_tensorFunctions.Keys).Concat(_otherNames.Keys);

    public static string Canonical(string name) => _otherNames.GetValueOrDefault(name, name);

    public static bool IsFunction(string name) => Functions.Knows(Canonical(name)) || _tensorFunctions.ContainsKey(name);

    public static bool IsConstant(string name) => _constants.ContainsKey(name);

    public static double Constant(string name) => _constants[name];

    public static (int Least, int Most) Arguments(string function) => _tensorFunctions.GetValueOrDefault(function, (1, 1));

    /// <summary>"; did you mean sin?", or nothing where no name is near.</summary>
    public static string Suggestion(string word, IEnumerable<string> names)
    {
        // Any single letter is near to any other.
        if (word.Length < 2) return "";
        int most = Math.Clamp(word.Length / 2, 1, 2);
        string? nearest = names.Where(name => name != word && Distance(word, name) <= most).MinBy(name => Distance(word, name));
        return nearest is null ? "" : $"; did you mean {nearest}?";
    }

    // Letters inserted, left out or replaced (Levenshtein), two rows at a time.
    private static int Distance(string first, string second)
    {
        if (Math.Abs(first.Length - second.Length) > 2) return int.MaxValue;
        int[] previous = [.. Enumerable.Range(0, second.Length + 1)];
        for (int i = 1; i <= first.Length; i++)
        {
            var row = new int[second.Length + 1];
            row[0] = i;
            for (int j = 1; j <= second.Length; j++)
                row[j] = Math.Min(Math.Min(row[j - 1], previous[j]) + 1, previous[j - 1] + (char.ToLowerInvariant(first[i - 1]) == char.ToLowerInvariant(second[j - 1]) ? 0 : 1));
            previous = row;
        }
        return previous[^1];
    }
}
