using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ChainRule.Cli;

/// <summary>Options whose values are numbers in a range, and what is said when they are not.</summary>
internal static class Numbers
{
    public static Option<int?> Whole(string name, string description, int low, int high) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => TryWhole(Text(result), low, high, out int value) ? value : Refuse<int?>(result, name, $"a whole number from {low} to {high}"),
    };

    public static Option<long?> Seed(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => long.TryParse(Text(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value : Refuse<long?>(result, name, "a whole number of at most 64 bits"),
    };

    public static Option<double?> Positive(string name, string description, double high) => new(name)
    {
        Description = description,
        HelpName = "X",
        CustomParser = result => double.TryParse(Text(result), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0 && value <= high
            ? value : Refuse<double?>(result, name, string.Create(CultureInfo.InvariantCulture, $"a number above 0 and up to {high}, like 0.001 or 1e-3")),
    };

    public static Option<int[]?> Sizes(string name, string description, int high) => new(name)
    {
        Description = description,
        HelpName = "N,N,...",
        CustomParser = result => ParseSizes(result, name, high),
    };

    private static int[]? ParseSizes(ArgumentResult result, string name, int high)
    {
        string text = Text(result);
        if (text == "none") return [];
        string[] parts = text.Split(',');
        var sizes = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!TryWhole(parts[i], 1, high, out sizes[i]))
                return Refuse<int[]?>(result, name, $"a list of sizes from 1 to {high}, like 256,128, or none");
        }
        return sizes;
    }

    private static bool TryWhole(string text, int low, int high, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out value) && value >= low && value <= high;

    private static string Text(ArgumentResult result) => result.Tokens[0].Value;

    private static T? Refuse<T>(ArgumentResult result, string name, string wanted)
    {
        result.AddError($"{name}: \"{Text(result)}\" is not {wanted}.");
        return default;
    }
}
