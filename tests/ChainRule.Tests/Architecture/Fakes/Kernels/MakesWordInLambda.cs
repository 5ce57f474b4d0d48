namespace ChainRule.Tests.Architecture.Fakes;

internal static class MakesWordInLambda
{
    public static Func<object> Maker() => () => new Word();
}
