using static ChainRule.Inspect.Diagnosis;

namespace ChainRule.Inspect;

/// <summary>What outputs and loss say when nothing else does.</summary>
internal static class LossRules
{
    // After so many steps a network that learns has left its first plateau; of a run that ends before, the last quarter is late.
    private const int LongEnough = 300, LeastSteps = 50;
    private const double Late = 0.75;

    // Of the loss of guessing; less is within the noise of batches.
    private const double Guess = 0.97, AboveGuess = 1.15;

    // Outputs that differ by less than this share of their size, or of 1, are the same.
    private const double Same = 1e-4;

    public static IEnumerable<Finding> Of(Chart chart)
    {
        if (chart.Curve.BrokenAt is not null) yield break;
        bool doTargetsDiffer = chart.Data.TargetDeviation > 10 * Same || chart.Data.LabelsSeen > chart.Data.MostCommon;
        if (AreOutputsConstant(chart) && doTargetsDiffer && chart.Curve.Steps >= LeastSteps)
        {
            (double deviation, double size) = chart.Outputs[^1];
            yield return Critical(FindingKind.ConstantOutput, "", $"outputs of size {Short(size)} differ by {Short(deviation)} from row to row", chart.Data.AreInputsAlike ? "All rows of the inputs are the same, so the outputs are too." : "The network gives the same for every input: what it is given does not get through to the end, or all weights of a layer are 0.", "Look for layers whose outputs are all 0 or all alike; draw the weights at random (Initialize), and check that inputs differ from row to row.");
        }
        if (!chart.Data.IsClassification || chart.Data.Classes < 2 || chart.Curve.Steps < StepsUntilLate(chart)) yield break;
        double chance = Logarithm.Natural(chart.Data.Classes), loss = chart.Curve.Recent;
        if (loss >= Guess * chance && loss <= AboveGuess * chance)
            yield return Warning(FindingKind.LossAtChance, "", $"the loss is {Short(loss)} after {chart.Curve.Steps} steps; guessing among {chart.Data.Classes} classes gives {Short(chance)}", "Nothing in the inputs tells the classes apart for this network: inputs and labels do not belong together (shuffled apart?), or it is too small or too slow to see it.", "Try to learn ten rows by heart: if that fails, look at the network, else at the data and at how they are paired.");
    }

    /// <summary>Whether outputs were the same for all rows at each of the latest looks.</summary>
    public static bool AreOutputsConstant(Chart chart) => chart.Outputs.Length >= 3 && Array.TrueForAll(chart.Outputs, output => output.Deviation <= Same * Math.Max(1, output.Size));

    private static double StepsUntilLate(Chart chart) => Math.Clamp(Late * (chart.ExpectedSteps ?? LongEnough / Late), LeastSteps, LongEnough);
}
