using System.Globalization;
using System.Numerics;

namespace ChainRule;

/// <summary>Numbers as words of one width, with one notation for all of them.</summary>
internal static class NumberText
{
    // Beyond these, columns of fixed notation are mostly zeros.
    private const double LargestFixed = 1e8, SmallestFixed = 1e-4, WidestRange = 1000;

    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static string Integer(long value) => value.ToString(Plain);

    /// <summary>Each word with spaces in front, so that all end in one column.</summary>
    public static string[] Words(List<string> words)
    {
        int width = words.Max(word => word.Length);
        return [.. words.Select(word => word.PadLeft(width))];
    }

    /// <summary>The shortest digits that tell each number from its neighbours, but no more than <paramref name="precision"/> behind the point.</summary>
    public static string[] Floats<T>(List<T> values, int precision) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool isScientific = IsScientific(values.Where(T.IsFinite).Select(value => double.CreateChecked(T.Abs(value))).Where(value => value != 0).ToList());
        List<(string Whole, string Fraction, int Exponent)?> parts =
            values.ConvertAll<(string, string, int)?>(value => !T.IsFinite(value) ? null : isScientific ? Scientific(value, precision) : Fixed(value, precision));
        int fraction = parts.Max(part => part?.Fraction.Length ?? 0);
        int exponent = Math.Max(2, parts.Max(part => Integer(Math.Abs(part?.Exponent ?? 0)).Length));
        return Words([.. values.Select((value, i) => parts[i] is { } part ? Join(part, fraction, isScientific ? exponent : 0) : Special(value))]);
    }

    private static bool IsScientific(List<double> sizes)
    {
        if (sizes.Count == 0) return false;
        double largest = sizes.Max(), smallest = sizes.Min();
        if (largest >= LargestFixed) return true;
        return sizes.Exists(size => size != Math.Floor(size)) && (smallest < SmallestFixed || largest / smallest > WidestRange);
    }

    // Whole numbers need no point; next to fractions they keep one, so that the points stand in one column.
    private static string Join((string Whole, string Fraction, int Exponent) part, int fraction, int exponent)
    {
        if (exponent == 0)
            return fraction == 0 ? part.Whole : $"{part.Whole}.{part.Fraction.PadRight(fraction)}";
        string point = fraction == 0 ? "" : $".{part.Fraction.PadRight(fraction, '0')}";
        return $"{part.Whole}{point}e{(part.Exponent < 0 ? '-' : '+')}{Integer(Math.Abs(part.Exponent)).PadLeft(exponent, '0')}";
    }

    private static string Special<T>(T value) where T : IBinaryFloatingPointIeee754<T> =>
        T.IsNaN(value) ? "nan" : T.IsNegative(value) ? "-inf" : "inf";

    private static (string Whole, string Fraction, int Exponent) Fixed<T>(T value, int precision) where T : IBinaryFloatingPointIeee754<T>
    {
        (string sign, string digits, int exponent) = Parts(value.ToString("R", Plain));
        if (digits.Length - 1 - exponent > precision)
        {
            string rounded = value.ToString($"F{precision}", Plain);
            int point = rounded.IndexOf('.', StringComparison.Ordinal);
            return point < 0 ? (rounded, "", 0) : (rounded[..point], rounded[(point + 1)..].TrimEnd('0'), 0);
        }
        if (exponent < 0)
            return ($"{sign}0", digits == "0" ? "" : new string('0', -exponent - 1) + digits, 0);
        string whole = digits.PadRight(exponent + 1, '0');
        return (sign + whole[..(exponent + 1)], whole[(exponent + 1)..], 0);
    }

    private static (string Whole, string Fraction, int Exponent) Scientific<T>(T value, int precision) where T : IBinaryFloatingPointIeee754<T>
    {
        (string sign, string digits, int exponent) = Parts(value.ToString("R", Plain));
        if (digits.Length - 1 > precision)
            (sign, digits, exponent) = Parts(value.ToString($"E{precision}", Plain));
        return (sign + digits[0], digits[1..], exponent);
    }

    // Of a text like -0.0125 or 1.25E-02: its sign, its digits without zeros at either end, and the power of ten of the first.
    private static (string Sign, string Digits, int Exponent) Parts(string text)
    {
        string sign = text[0] == '-' ? "-" : "";
        string[] halves = text[sign.Length..].Split('E');
        string[] digits = halves[0].Split('.');
        int exponent = digits[0].Length - 1 + (halves.Length > 1 ? int.Parse(halves[1], Plain) : 0);
        string all = string.Concat(digits), significant = all.TrimStart('0');
        return significant.Length == 0 ? (sign, "0", 0) : (sign, significant.TrimEnd('0'), exponent - (all.Length - significant.Length));
    }
}
