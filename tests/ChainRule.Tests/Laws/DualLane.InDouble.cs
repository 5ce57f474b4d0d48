using ChainRule.Kernels;

namespace ChainRule.Tests.Laws;

internal readonly partial record struct DualLane
{
    public static DualLane InDouble<TFunction>(DualLane a, TFunction function) where TFunction : struct, IDoubleUnary => function switch
    {
        SincOp.Body => Sinc(a),
        _ => throw new NotSupportedException($"The dual lane has no derivative of {typeof(TFunction).Name}."),
    };

    public static DualLane InDouble<TFunction>(DualLane a, DualLane b, TFunction function) where TFunction : struct, IDoubleBinary => function switch
    {
        HypotOp.Body => Hypot(a, b),
        _ => throw new NotSupportedException($"The dual lane has no derivative of {typeof(TFunction).Name}."),
    };

    public static DualLane Log2(DualLane a) => Of(a, Math.Log2(a.Value), 1 / (a.Value * Math.Log(2)), -1 / (a.Value * a.Value * Math.Log(2)));

    public static DualLane Log10(DualLane a) => Of(a, Math.Log10(a.Value), 1 / (a.Value * Math.Log(10)), -1 / (a.Value * a.Value * Math.Log(10)));

    public static DualLane Exp2(DualLane a)
    {
        double y = Math.Pow(2, a.Value), log = Math.Log(2);
        return Of(a, y, y * log, y * log * log);
    }

    public static DualLane Tan(DualLane a)
    {
        double cos = Math.Cos(a.Value), slope = 1 / (cos * cos);
        return Of(a, Math.Tan(a.Value), slope, 2 * Math.Tan(a.Value) * slope);
    }

    public static DualLane Asin(DualLane a) => Of(a, Math.Asin(a.Value), 1 / Root((1 - a.Value) * (1 + a.Value)), a.Value / Math.Pow(1 - (a.Value * a.Value), 1.5));

    public static DualLane Acos(DualLane a) => Of(a, Math.Acos(a.Value), -1 / Root((1 - a.Value) * (1 + a.Value)), -a.Value / Math.Pow(1 - (a.Value * a.Value), 1.5));

    public static DualLane Atan(DualLane a)
    {
        double slope = 1 / (1 + (a.Value * a.Value));
        return Of(a, Math.Atan(a.Value), slope, -2 * a.Value * slope * slope);
    }

    public static DualLane Sinh(DualLane a) => Of(a, Math.Sinh(a.Value), Math.Cosh(a.Value), Math.Sinh(a.Value));

    public static DualLane Cosh(DualLane a) => Of(a, Math.Cosh(a.Value), Math.Sinh(a.Value), Math.Cosh(a.Value));

    public static DualLane Asinh(DualLane a) => Of(a, Math.Asinh(a.Value), 1 / Root(1 + (a.Value * a.Value)), -a.Value / Math.Pow(1 + (a.Value * a.Value), 1.5));

    public static DualLane Acosh(DualLane a) => Of(a, Math.Acosh(a.Value), 1 / Root((a.Value - 1) * (a.Value + 1)), -a.Value / Math.Pow((a.Value * a.Value) - 1, 1.5));

    public static DualLane Atanh(DualLane a)
    {
        double slope = 1 / ((1 - a.Value) * (1 + a.Value));
        return Of(a, Math.Atanh(a.Value), slope, 2 * a.Value * slope * slope);
    }

    public static DualLane Erfc(DualLane a)
    {
        double slope = -TwoBySqrtPi * Math.Exp(-a.Value * a.Value);
        return Of(a, 1 - SpecialFunctions.Erf(a.Value), slope, -2 * a.Value * slope);
    }

    public static DualLane Atan2(DualLane y, DualLane x)
    {
        double square = (x.Value * x.Value) + (y.Value * y.Value);
        DualLane byY = Of(y, 0, x.Value / square, 0), byX = Of(x, 0, -y.Value / square, 0);
        DualLane sum = byY + byX;
        return sum with { Value = Math.Atan2(y.Value, x.Value) };
    }

    // Values by the kernel itself where the base library has no such function: the slope is what is to be witnessed.
    public static DualLane Erfinv(DualLane a)
    {
        double y = new InDouble.Erfinv().Invoke(new Double1(a.Value)).Value, slope = Math.Exp(y * y) / TwoBySqrtPi;
        return Of(a, y, slope, 2 * y * slope * slope);
    }

    public static DualLane LogGamma(DualLane a)
    {
        // ψ is a sum of terms of up to 4, which near its zero cancel.
        DualLane y = Of(a, new InDouble.LogGamma().Invoke(new Double1(a.Value)).Value, Polygamma(0, a.Value), Polygamma(1, a.Value));
        return y with { SlopeError = y.SlopeError + (4 * Math.Abs(a.Slope)) };
    }

    public static DualLane Digamma(DualLane a) => Of(a, Polygamma(0, a.Value), Polygamma(1, a.Value), 0);

    /// <summary>ψ or ψ' for x > 0: moved to x ≥ 20 by the recurrence, then the asymptotic series (Abramowitz and Stegun 6.3.18, 6.4.12).</summary>
    private static double Polygamma(int order, double x)
    {
        double sum = 0;
        for (; x < 20; x++)
            sum += order == 0 ? -1 / x : 1 / (x * x);
        double r = 1 / (x * x);
        return order == 0
            ? sum + Math.Log(x) - (0.5 / x) - (r * ((1.0 / 12) - (r * ((1.0 / 120) - (r * ((1.0 / 252) - (r * ((1.0 / 240) - (r / 132)))))))))
            : sum + (1 / x) + (0.5 * r) + (r / x * ((1.0 / 6) - (r * ((1.0 / 30) - (r * ((1.0 / 42) - (r * ((1.0 / 30) - (r * 5 / 66)))))))));
    }

    // sin(πx)/(πx) itself, of order 0.
    private static DualLane Sinc(DualLane a)
    {
        double x = a.Value, cos = Math.Cos(Math.PI * x), y = x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
        DualLane result = Of(a, y, x == 0 ? 0 : (cos - y) / x, Math.PI * Math.PI);
        // cos(πx) and y cancel near 0.
        return result with { SlopeError = result.SlopeError + ((Size(cos) + Size(y) + Size(x)) / Size(x)) };
    }

    private static DualLane Hypot(DualLane a, DualLane b)
    {
        double y = double.Hypot(a.Value, b.Value);
        DualLane sum = Of(a, 0, a.Value / y, 0) + Of(b, 0, b.Value / y, 0);
        return sum with { Value = y };
    }

    private static double Root(double x) => Math.Sqrt(x);
}
