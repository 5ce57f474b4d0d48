namespace ChainRule.Tests.Architecture.Fakes;

internal readonly struct HoldsWord
{
    public Word[]? Held { get; init; }
}
