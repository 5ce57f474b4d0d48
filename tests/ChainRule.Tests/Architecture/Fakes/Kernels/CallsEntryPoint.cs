namespace ChainRule.Tests.Architecture.Fakes;

internal static class CallsEntryPoint
{
    public static object Run(object x) => ((Word)x).Twice();
}
