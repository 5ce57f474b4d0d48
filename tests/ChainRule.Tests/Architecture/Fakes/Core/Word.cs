namespace ChainRule.Tests.Architecture.Fakes;

internal partial class Word
{
    public int Value { get; init; }
}
