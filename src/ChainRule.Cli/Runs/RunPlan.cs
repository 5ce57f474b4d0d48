namespace ChainRule.Cli.Runs;

/// <summary>How much there is to do.</summary>
internal sealed record RunPlan(Recipe Recipe, int Threads, long StepsPerEpoch)
{
    public long TotalSteps => StepsPerEpoch * Recipe.Epochs;
}
