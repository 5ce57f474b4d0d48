namespace ChainRule.Tests.Architecture.Fakes;

internal enum NoSuchRoom
{
    Dust,
}
