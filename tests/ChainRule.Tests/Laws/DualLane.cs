using ChainRule.Kernels;

namespace ChainRule.Tests.Laws;

/// <summary>
/// A lane of one dual number: a value and its derivative in double, computed by the body of an operation itself. It owes
/// nothing to the operation's rule, and nothing to differences.
/// </summary>
/// <param name="Value">The value; a mask as the lane of one double has it.</param>
/// <param name="Slope">The derivative.</param>
/// <param name="ValueError">How far rounding may have moved the value, in units of the last place of 1.</param>
/// <param name="SlopeError">The same of the derivative.</param>
internal readonly partial record struct DualLane(double Value, double Slope, double ValueError, double SlopeError) : ILane<DualLane>
{
    private static readonly double TwoBySqrtPi = 2 / Math.Sqrt(Math.PI);

    public static DualLane operator +(DualLane a, DualLane b) => Sum(a, b, a.Value + b.Value, a.Slope + b.Slope);

    public static DualLane operator -(DualLane a, DualLane b) => Sum(a, b, a.Value - b.Value, a.Slope - b.Slope);

    public static DualLane operator *(DualLane a, DualLane b)
    {
        double value = a.Value * b.Value, first = a.Slope * b.Value, second = a.Value * b.Slope;
        return new(
            value,
            first + second,
            Size(value) + Size(a.Value * b.ValueError) + Size(a.ValueError * b.Value),
            Size(first) + Size(second) + Size(a.SlopeError * b.Value) + Size(a.Slope * b.ValueError) + Size(a.ValueError * b.Slope) + Size(a.Value * b.SlopeError));
    }

    public static DualLane operator /(DualLane a, DualLane b)
    {
        double inverse = 1 / b.Value;
        DualLane quotient = a * Of(b, inverse, -inverse * inverse, 2 * inverse * inverse * inverse);
        return quotient with { Value = a.Value / b.Value };
    }

    public static DualLane operator -(DualLane a) => a with { Value = -a.Value, Slope = -a.Slope };

    public static DualLane Constant(double value) => new(value, 0, value == Math.Round(value * 64) / 64 ? 0 : Size(value), 0);

    public static DualLane Fma(DualLane a, DualLane b, DualLane c)
    {
        DualLane sum = (a * b) + c;
        return sum with { Value = double.FusedMultiplyAdd(a.Value, b.Value, c.Value) };
    }

    public static DualLane Sqrt(DualLane a) => Of(a, Math.Sqrt(a.Value), 0.5 / Math.Sqrt(a.Value), -0.25 / (a.Value * Math.Sqrt(a.Value)));

    public static DualLane Abs(DualLane a) => double.IsNegative(a.Value) ? -a : a;

    public static DualLane Min(DualLane a, DualLane b) => a.Value <= b.Value ? a : b;

    public static DualLane Max(DualLane a, DualLane b) => a.Value >= b.Value ? a : b;

    public static DualLane Modulo(DualLane a, DualLane b) => (a - (Constant(Math.Truncate(a.Value / b.Value)) * b)) with { Value = a.Value % b.Value };

    public static DualLane Floor(DualLane a) => Constant(Math.Floor(a.Value));

    public static DualLane Ceiling(DualLane a) => Constant(Math.Ceiling(a.Value));

    public static DualLane Truncate(DualLane a) => Constant(Math.Truncate(a.Value));

    public static DualLane Round(DualLane a) => Constant(Math.Round(a.Value));

    public static DualLane Equal(DualLane a, DualLane b) => Mask(a.Value == b.Value);

    public static DualLane LessThan(DualLane a, DualLane b) => Mask(a.Value < b.Value);

    public static DualLane LessOrEqual(DualLane a, DualLane b) => Mask(a.Value <= b.Value);

    public static DualLane Not(DualLane mask) => Mask(!IsSet(mask));

    public static DualLane And(DualLane mask, DualLane other) => Mask(IsSet(mask) && IsSet(other));

    public static DualLane Or(DualLane mask, DualLane other) => Mask(IsSet(mask) || IsSet(other));

    public static DualLane Select(DualLane mask, DualLane yes, DualLane no) => IsSet(mask) ? yes : no;

    public static DualLane Exp(DualLane a)
    {
        double y = Math.Exp(a.Value);
        return Of(a, y, y, y);
    }

    public static DualLane Expm1(DualLane a) => Of(a, SpecialFunctions.Expm1(a.Value), Math.Exp(a.Value), Math.Exp(a.Value));

    public static DualLane Log(DualLane a) => Of(a, Math.Log(a.Value), 1 / a.Value, -1 / (a.Value * a.Value));

    public static DualLane Log1p(DualLane a) => Of(a, SpecialFunctions.Log1p(a.Value), 1 / (1 + a.Value), -1 / ((1 + a.Value) * (1 + a.Value)));

    public static DualLane Sin(DualLane a) => Of(a, Math.Sin(a.Value), Math.Cos(a.Value), -Math.Sin(a.Value));

    public static DualLane Cos(DualLane a) => Of(a, Math.Cos(a.Value), -Math.Sin(a.Value), -Math.Cos(a.Value));

    public static DualLane Tanh(DualLane a)
    {
        double tail = Math.Exp(-2 * Math.Abs(a.Value)), slope = 4 * tail / ((1 + tail) * (1 + tail));
        return Of(a, Math.Tanh(a.Value), slope, -2 * Math.Tanh(a.Value) * slope);
    }

    public static DualLane Erf(DualLane a)
    {
        double slope = TwoBySqrtPi * Math.Exp(-a.Value * a.Value);
        return Of(a, SpecialFunctions.Erf(a.Value), slope, -2 * a.Value * slope);
    }

    public static DualLane Gelu(DualLane a)
    {
        (double tail, double density) = Normal(a.Value);
        DualLane y = Of(a, a.Value * tail, tail + (a.Value * density), (2 - (a.Value * a.Value)) * density);
        // The two terms of the slope cancel near its zero.
        return y with { SlopeError = y.SlopeError + tail };
    }

    public static DualLane GeluSlope(DualLane a)
    {
        (double tail, double density) = Normal(a.Value);
        return Of(a, tail + (a.Value * density), (2 - (a.Value * a.Value)) * density, ((a.Value * a.Value) - 4) * a.Value * density);
    }

    public static DualLane Silu(DualLane a)
    {
        (double y, double slope) = Logistic(a.Value);
        DualLane product = Of(a, a.Value * y, y + (a.Value * slope), (2 * slope) + (a.Value * slope * (1 - (2 * y))));
        return product with { SlopeError = product.SlopeError + y };
    }

    public static DualLane Mish(DualLane a)
    {
        (double logistic, double slope) = Logistic(a.Value);
        double soft = Math.Max(a.Value, 0) + SpecialFunctions.Log1p(Math.Exp(-Math.Abs(a.Value))), y = Math.Tanh(soft), cosh = Math.Cosh(soft);
        double first = logistic / (cosh * cosh), second = (slope / (cosh * cosh)) - (2 * y * first * logistic);
        DualLane product = Of(a, a.Value * y, y + (a.Value * first), (2 * first) + (a.Value * second));
        return product with { SlopeError = product.SlopeError + y };
    }

    public static DualLane Pow(DualLane a, DualLane exponent)
    {
        double b = exponent.Value, y = Math.Pow(a.Value, b), log = Math.Log(a.Value);
        DualLane byBase = Of(a, y, b * Math.Pow(a.Value, b - 1), b * (b - 1) * Math.Pow(a.Value, b - 2));
        DualLane byExponent = exponent.Slope == 0 ? default : Of(exponent, y, y * log, y * log * log);
        return new(y, byBase.Slope + byExponent.Slope, byBase.ValueError + byExponent.ValueError, byBase.SlopeError + byExponent.SlopeError);
    }

    private static (double Distribution, double Density) Normal(double x) =>
        (0.5 * GammaFunctions.Erfc(-x / Math.Sqrt(2)), Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI));

    private static (double Value, double Slope) Logistic(double x)
    {
        double tail = Math.Exp(-Math.Abs(x)), sum = 1 + tail;
        return ((x < 0 ? tail : 1) / sum, tail / (sum * sum));
    }

    /// <summary>A function of a lane: its value and its first two derivatives there; the second tells how a rounded argument moves the first.</summary>
    private static DualLane Of(DualLane a, double value, double first, double second) => new(
        value,
        first * a.Slope,
        Size(value) + Size(first * a.ValueError),
        Size(first * a.Slope) + Size(first * a.SlopeError) + Size(second * a.ValueError * a.Slope));

    private static DualLane Sum(DualLane a, DualLane b, double value, double slope) =>
        new(value, slope, Size(value) + a.ValueError + b.ValueError, Size(slope) + a.SlopeError + b.SlopeError);

    private static double Size(double term) => Math.Abs(term);

    private static DualLane Mask(bool isSet) => new(BitConverter.Int64BitsToDouble(isSet ? -1 : 0), 0, 0, 0);

    private static bool IsSet(DualLane mask) => BitConverter.DoubleToInt64Bits(mask.Value) == -1;
}
