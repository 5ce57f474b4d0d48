namespace ChainRule.Tests.Architecture.Fakes;

internal static class NamesWordAsArgument
{
    public static int Count() => new Dictionary<string, List<Word>>().Count;
}
