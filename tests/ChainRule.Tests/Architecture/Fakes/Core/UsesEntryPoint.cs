namespace ChainRule.Tests.Architecture.Fakes;

/// <summary>Allowed: Core speaks in words, and this word's file stands in Ops.</summary>
internal static class UsesEntryPoint
{
    public static Word Four(Word x) => x.Twice().Twice();
}
