using ChainRule.Cli.Runs;

namespace ChainRule.Cli.Output;

/// <summary>What to try when a run goes wrong.</summary>
internal static class Advice
{
    public static string OnDivergence(RunRecord run) =>
        $"The loss became {Figures.Number(run.StepLosses[^1])} in epoch {run.EpochsBegun}, step {run.Steps}: the steps were too large and the weights ran away. Try a smaller one, like --learning-rate {Figures.Number(Rounded(run.Recipe.LearningRate / 10))}{(run.Recipe.Optimizer is "sgd" or "momentum" ? ", or --optimizer adam" : "")}.";

    private static double Rounded(double rate) => double.Parse(rate.ToString("G1", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}
