namespace ChainRule.Cli.Output;

/// <summary>Something that was found wrong with a run, in plain words.</summary>
/// <param name="What">What is wrong, in a sentence.</param>
/// <param name="Cause">Why.</param>
/// <param name="Cure">What to try.</param>
internal sealed record Finding(string What, string Cause, string Cure);
