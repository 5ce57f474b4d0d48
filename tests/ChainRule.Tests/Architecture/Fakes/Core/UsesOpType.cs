namespace ChainRule.Tests.Architecture.Fakes;

internal static class UsesOpType
{
    public static Word Four(Word x) => TwiceOp.Apply(x);
}
