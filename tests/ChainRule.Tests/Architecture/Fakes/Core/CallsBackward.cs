namespace ChainRule.Tests.Architecture.Fakes;

internal static class CallsBackward
{
    public static int Run(Word x) => x.Backward();
}
