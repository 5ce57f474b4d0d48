namespace ChainRule.Tests.Accuracy;

/// <summary>Values and derivatives of the smooth elementwise operations are within few units of the last place of the true ones (P14).</summary>
public sealed class AccuracyTests(ITestOutputHelper output)
{
    private const int CasesInDouble = 2000, CasesInSingle = 1500;

    public static TheoryData<string> Names => [.. AccuracyRows.All.Select(row => row.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Values_and_derivatives_are_within_the_bound_of_the_true_ones(string name)
    {
        AccuracyRow row = AccuracyRows.All.Single(row => row.Name == name);
        foreach (DType dtype in new[] { DType.Float64, DType.Float32 })
        {
            AccuracyMeasure measure = AccuracyMeasure.Of(row, dtype);
            output.WriteLine($"{name} in {dtype}, {measure.Cases} cases: value {measure.Value}; derivative {measure.Slope}");
            Assert.True(measure.Cases >= (dtype == DType.Float64 ? CasesInDouble : CasesInSingle));
            Assert.True(measure.Value.Units <= row.MostUnits, $"value of {name} in {dtype}: {measure.Value}");
            Assert.True(measure.Slope.Units <= row.MostSlopeUnits, $"derivative of {name} in {dtype}: {measure.Slope}");
        }
    }

    [Fact]
    public void Every_function_of_the_reference_has_a_row() =>
        Assert.Equal(AccuracyReference.Names.Order(StringComparer.Ordinal), AccuracyRows.All.Select(row => row.Reference).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void An_error_of_one_unit_is_one()
    {
        var truth = new TrueValues([1, 1, 0.75], [50, -100, 0]);
        Assert.Equal(0.75, truth.UnitsOff(0, Math.BitIncrement(1), DType.Float64, 0), 1e-12);
        Assert.Equal(1.5, truth.UnitsOff(1, Math.BitIncrement(1), DType.Float64, 0), 1e-12);
        Assert.Equal(1, truth.UnitsOff(2, MathF.BitIncrement(0.75f), DType.Float32, 0));
        Assert.Equal(0.5, truth.UnitsOff(2, MathF.BitIncrement(0.75f), DType.Float32, 1));
        Assert.Equal(double.PositiveInfinity, truth.UnitsOff(2, double.NaN, DType.Float32, 0));
    }
}
