namespace ChainRule.Tests.Contract;

/// <summary>A test of another project, which this one cannot refer to, that proves a row of the numeric contract.</summary>
/// <param name="Row">The number of a promise (P).</param>
/// <param name="File">The file of the test, from the folder of the tests on.</param>
/// <param name="Test">Its method.</param>
internal sealed record ProofElsewhere(string Row, string File, string Test)
{
    public override string ToString() => $"{Row} by {File}, {Test}";
}
