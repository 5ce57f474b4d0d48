using System.Globalization;

namespace ChainRule;

/// <summary>Refuses numbers outside the range that an argument may have, naming who was asked and for what.</summary>
internal static class Bounds
{
    /// <summary>A whole number of at least <paramref name="least"/>.</summary>
    public static long AtLeast(long value, long least, string owner, string argument) => value >= least
        ? value
        : throw Outside(value, owner, argument, $"at least {least}");

    /// <summary>The place of one of <paramref name="count"/> things, from 0 on.</summary>
    public static int Place(int value, int count, string owner, string argument) => (uint)value < (uint)count
        ? value
        : throw Outside(value, owner, argument, count == 0 ? "the place of something, but there is nothing" : $"between 0 and {count - 1}");

    /// <summary>A finite number of at least 0.</summary>
    public static double NotNegative(double value, string owner, string argument) => value >= 0 && double.IsFinite(value)
        ? value
        : throw Outside(value, owner, argument, "a finite number and not negative");

    /// <summary>A finite number greater than 0.</summary>
    public static double Positive(double value, string owner, string argument) => value > 0 && double.IsFinite(value)
        ? value
        : throw Outside(value, owner, argument, "a finite number greater than 0");

    /// <summary>A finite number greater than 1.</summary>
    public static double AboveOne(double value, string owner, string argument) => value > 1 && double.IsFinite(value)
        ? value
        : throw Outside(value, owner, argument, "a finite number greater than 1");

    /// <summary>A number that is neither infinite nor NaN.</summary>
    public static double Finite(double value, string owner, string argument) => double.IsFinite(value)
        ? value
        : throw Outside(value, owner, argument, "a finite number");

    /// <summary>A number that can be compared with others: not NaN.</summary>
    public static double Number(double value, string owner, string argument) => !double.IsNaN(value)
        ? value
        : throw Outside(value, owner, argument, "a number");

    /// <summary>A number from 0 up to but without 1.</summary>
    public static double BelowOne(double value, string owner, string argument) => value is >= 0 and < 1
        ? value
        : throw Outside(value, owner, argument, "at least 0 and less than 1");

    /// <summary>A number from 0 to 1.</summary>
    public static double Share(double value, string owner, string argument) => value is >= 0 and <= 1
        ? value
        : throw Outside(value, owner, argument, "between 0 and 1");

    private static ArgumentOutOfRangeException Outside(IConvertible value, string owner, string argument, string range) =>
        new(argument, value, $"{owner}: {argument} must be {range}, not {value.ToString(CultureInfo.InvariantCulture)}.");
}
