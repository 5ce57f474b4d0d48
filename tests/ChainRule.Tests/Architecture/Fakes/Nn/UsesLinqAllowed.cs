namespace ChainRule.Tests.Architecture.Fakes;

/// <summary>Allowed: LINQ is banned on the hot path only.</summary>
internal static class UsesLinqAllowed
{
    public static int Sum(Word[] x) => x.Sum(word => word.Twice().Value);
}
