using System.Globalization;

namespace ChainRule.Playground.Lab;

/// <summary>A float with all its bits, as C writes it: 0.1f is 0x1.99999ap-4.</summary>
public static class HexFloat
{
    private const int FractionBits = 23, Bias = 127;

    public static string Of(float value)
    {
        if (!float.IsFinite(value)) return value.ToString(CultureInfo.InvariantCulture);
        uint bits = BitConverter.SingleToUInt32Bits(value), fraction = bits & ((1u << FractionBits) - 1);
        int exponent = (int)(bits >> FractionBits & 0xff);
        string sign = bits >> 31 == 1 ? "-" : "";
        if (exponent == 0 && fraction == 0) return $"{sign}0x0p+0";
        // 23 bits are six digits and one bit short: moved up by one.
        string digits = (fraction << 1).ToString("x6", CultureInfo.InvariantCulture).TrimEnd('0');
        int power = exponent == 0 ? 1 - Bias : exponent - Bias;
        return string.Create(CultureInfo.InvariantCulture, $"{sign}0x{(exponent == 0 ? 0 : 1)}{(digits.Length > 0 ? "." : "")}{digits}p{power:+0;-0}");
    }

    /// <summary>How far the next larger float is.</summary>
    public static float Spacing(float value) => MathF.BitIncrement(MathF.Abs(value)) - MathF.Abs(value);
}
