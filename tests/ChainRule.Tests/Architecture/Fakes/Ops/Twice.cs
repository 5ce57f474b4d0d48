namespace ChainRule.Tests.Architecture.Fakes;

internal partial class Word
{
    public Word Twice() => TwiceOp.Apply(this);
}

internal static class TwiceOp
{
    public static Word Apply(Word x) => new() { Value = 2 * x.Value };
}
