namespace ChainRule.Tests.Architecture.Fakes;

internal static class UsesLinq
{
    public static int Sum(int[] x) => x.Sum();
}
