namespace ChainRule.Tests.Architecture.Fakes;

internal static class UsesParallel
{
    public static void Run() => Parallel.For(0, 1, _ => { });
}
