using ChainRule.Autograd;

namespace ChainRule.Tests.Accuracy;

/// <summary>How far an operation is off in one type.</summary>
/// <param name="Cases">How many arguments were asked for.</param>
/// <param name="Value">The worst value.</param>
/// <param name="Slope">The worst derivative by any operand.</param>
internal sealed record AccuracyMeasure(int Cases, WorstCase Value, WorstCase Slope)
{
    public static AccuracyMeasure Of(AccuracyRow row, DType dtype)
    {
        AccuracyReference reference = AccuracyReference.Of(row.Reference);
        // Arguments that a float32 does not hold are asked of float64 alone.
        int[] places = [.. Enumerable.Range(0, reference.Count).Where(i => dtype == DType.Float64 || reference.Arguments.All(argument => argument[i] == (float)argument[i]))];
        Tensor[] x = Array.ConvertAll(reference.Arguments, argument => Tensor.From(Array.ConvertAll(places, i => argument[i])).To(dtype).RequiresGrad());
        Tensor y = row.Function(x);
        Assert.Equal((x[0].Shape, dtype), (y.Shape, y.DType));
        Tensor[] gradients = Differentiate.Gradients(y, x, Tensor.Ones(y.Shape, dtype));
        WorstCase value = Worst(reference, reference.Values, y, row.Floor, places);
        WorstCase[] slopes = [.. gradients.Select((gradient, i) => Worst(reference, reference.Slopes[i], gradient, row.SlopeFloor, places))];
        return new(places.Length, value, slopes.MaxBy(slope => slope.Units)!);
    }

    private static WorstCase Worst(AccuracyReference reference, TrueValues truth, Tensor computed, double floor, int[] places)
    {
        double[] values = computed.ToArray<double>();
        double[] units = [.. places.Select((place, i) => truth.UnitsOff(place, values[i], computed.DType, floor))];
        int worst = Array.IndexOf(units, units.Max());
        return new(units[worst], Array.ConvertAll(reference.Arguments, argument => argument[places[worst]]), values[worst], truth.Nearest[places[worst]]);
    }
}
