namespace ChainRule.Tests.Accuracy;

/// <summary>The result that is furthest from the truth.</summary>
internal sealed record WorstCase(double Units, double[] Arguments, double Computed, double Truth)
{
    public override string ToString() => $"{Units:F2} units at ({string.Join(", ", Arguments.Select(argument => argument.ToString("R")))}): {Computed:R}, true {Truth:R}";
}
