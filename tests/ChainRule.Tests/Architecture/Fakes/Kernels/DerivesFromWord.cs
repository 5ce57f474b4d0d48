namespace ChainRule.Tests.Architecture.Fakes;

internal sealed class DerivesFromWord : Word;
