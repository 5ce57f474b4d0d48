namespace ChainRule.Tests.Architecture.Fakes;

internal static class UsesKernel
{
    public static int Run(int[] x) => Loop.Sum(x);
}
