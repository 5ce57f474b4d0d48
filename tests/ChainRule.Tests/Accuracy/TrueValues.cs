namespace ChainRule.Tests.Accuracy;

/// <summary>True values of a function or of a derivative: the nearest doubles and what they are off, in 200ths of a unit.</summary>
internal sealed record TrueValues(double[] Nearest, sbyte[] Rests)
{
    private const double Parts = 200;

    /// <summary>How far a computed value is off, in units of the last place of its type around the true one, or around <paramref name="floor"/> where that is larger.</summary>
    public double UnitsOff(int at, double computed, DType dtype, double floor)
    {
        double nearest = Nearest[at];
        double rounded = dtype == DType.Float32 ? (float)nearest : nearest;
        if (!double.IsFinite(rounded) || !double.IsFinite(computed))
            return rounded.Equals(computed) ? 0 : double.PositiveInfinity;
        double rest = Rests[at] / Parts * Unit(nearest, DType.Float64);
        return Math.Abs(computed - nearest - rest) / Unit(Math.Max(Math.Abs(nearest), floor), dtype);
    }

    private static double Unit(double value, DType dtype)
    {
        (int digits, int lowest) = dtype == DType.Float32 ? (23, -126) : (52, -1022);
        return Math.ScaleB(1, (value == 0 ? lowest : Math.Max(Math.ILogB(value), lowest)) - digits);
    }
}
