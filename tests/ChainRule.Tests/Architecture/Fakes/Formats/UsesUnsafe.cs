namespace ChainRule.Tests.Architecture.Fakes;

internal static class UsesUnsafe
{
    public static int Bits(float x) => System.Runtime.CompilerServices.Unsafe.As<float, int>(ref x);
}
