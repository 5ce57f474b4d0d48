namespace ChainRule.Autograd;

/// <summary>How closely a gradient must agree with differences.</summary>
/// <param name="Tolerance">The greatest difference, relative to the larger slope.</param>
/// <param name="Floor">Slopes below this are compared as if they were as large.</param>
/// <param name="Loosest">How much of the larger slope the extrapolation's own error may excuse.</param>
/// <param name="Epsilon">The distance from 1 to the next number.</param>
internal readonly record struct Precision(double Tolerance, double Floor, double Loosest, double Epsilon)
{
    /// <summary>1e-9 relative and, by the floor, 1e-12 absolute.</summary>
    public static Precision Float64 => new(1e-9, 1e-3, 1e-4, 1.0 / (1L << 52));

    /// <summary>Eight digits of input over the step; the floor goes with the largest slope, since a loss may be in any unit.</summary>
    public static Precision Float32(double[] slopes) => new(2e-2, 1e-3 * slopes.Select(Math.Abs).DefaultIfEmpty().Max(), 2e-2, 1.0 / (1 << 23));
}
