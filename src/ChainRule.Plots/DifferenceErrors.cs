namespace ChainRule.Plots;

/// <summary>How far derivatives by differences are from the exact one, relative to it, at steps from 1e-14 to 1.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="InFloat32">The error of the central difference in float32.</param>
/// <param name="InFloat64">The error of the central difference in float64.</param>
/// <param name="ByRidders">The error in float64 after extrapolation to step zero, from this step down.</param>
public sealed record DifferenceErrors(IReadOnlyList<double> Steps, IReadOnlyList<double> InFloat32, IReadOnlyList<double> InFloat64, IReadOnlyList<double> ByRidders)
{
    private const int StepsPerDecade = 4, Decades = 14;

    // Exact agreement has no logarithm; half a unit in the last place is what it means.
    private const double Least = 1.1e-16;

    /// <summary>Measures at one number, against the derivative by backpropagation in float64.</summary>
    /// <param name="function">From a scalar tensor to a scalar tensor, of the same type.</param>
    /// <param name="at">Where.</param>
    public static DifferenceErrors Of(Func<Tensor, Tensor> function, double at)
    {
        ArgumentNullException.ThrowIfNull(function);
        Tensor x = Tensor.From<double>([at], []).RequiresGrad();
        double exact = Differentiate.Gradients(function(x), [x])[0].Item<double>();
        double[] steps = [.. Enumerable.Range(0, StepsPerDecade * Decades + 1).Select(i => Math.Pow(10, (double)i / StepsPerDecade - Decades))];
        return new DifferenceErrors(steps,
            [.. steps.Select(step => Error(CentralInSingle(function, (float)at, (float)step), exact))],
            [.. steps.Select(step => Error(Central(function, at, step), exact))],
            [.. steps.Select(step => Error(Ridders.Central(moved => At(function, at + moved), step).Value, exact))]);
    }

    private static double Error(double slope, double exact) => Math.Max(Least, Math.Abs(slope - exact) / (exact == 0 ? 1 : Math.Abs(exact)));

    private static double CentralInSingle(Func<Tensor, Tensor> function, float at, float step)
    {
        using var quiet = new NoGrad();
        float above = function(Tensor.From<float>([at + step], [])).Item<float>(), below = function(Tensor.From<float>([at - step], [])).Item<float>();
        return (above - below) / (2 * step);
    }

    private static double Central(Func<Tensor, Tensor> function, double at, double step) => (At(function, at + step) - At(function, at - step)) / (2 * step);

    private static double At(Func<Tensor, Tensor> function, double x)
    {
        using var quiet = new NoGrad();
        return function(Tensor.From<double>([x], [])).Item<double>();
    }
}
