namespace ChainRule.Tests.Contract;

/// <summary>A test that proves a row of the numeric contract.</summary>
/// <param name="Row">The number of a hard case (H) or a promise (P).</param>
/// <param name="Tests">The class of the test.</param>
/// <param name="Test">Its method.</param>
internal sealed record Proof(string Row, Type Tests, string Test)
{
    public override string ToString() => $"{Row} by {Tests.Name}.{Test}";
}
