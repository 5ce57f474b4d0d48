using System.Reflection;
using ChainRule.Shared;
using ChainRule.Tests.Ops;

namespace ChainRule.Tests.Contract;

/// <summary>Every row of the numeric contract carries the number of a test, or says openly that it waits for one.</summary>
public sealed class ContractTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_row_has_a_proof_or_is_open_with_a_reason()
    {
        string[] proven = [.. Proofs.All.Select(proof => proof.Row).Concat(Proofs.Elsewhere.Select(proof => proof.Row)).Distinct()];
        Assert.Equal((56, 24), (Proofs.Rows.Count(row => row[0] == 'H'), Proofs.Rows.Count(row => row[0] == 'P')));
        Assert.Empty(proven.Intersect(Proofs.Open.Keys));
        Assert.Equal(Proofs.Rows.Order(StringComparer.Ordinal), proven.Concat(Proofs.Open.Keys).Order(StringComparer.Ordinal));
        output.WriteLine($"{proven.Length} of {Proofs.Rows.Length} rows have a proof; open: {string.Join("; ", Proofs.Open.Select(row => $"{row.Key}, {row.Value}"))}.");
    }

    [Fact]
    public void Every_proof_is_a_test() => Assert.All(Proofs.All, proof =>
    {
        MethodInfo? test = proof.Tests.GetMethod(proof.Test);
        Assert.True(test?.GetCustomAttributes().OfType<FactAttribute>().Any(), $"{proof} is no test.");
    });

    [Fact]
    public void Every_proof_of_another_project_is_a_test_there() => Assert.All(Proofs.Elsewhere, proof =>
    {
        string[] lines = File.ReadAllLines(Path.Combine(SolutionFolder.Path, "tests", proof.File));
        int place = Array.FindIndex(lines, line => line.Contains($" {proof.Test}(", StringComparison.Ordinal));
        Assert.True(place > 0 && lines[..place].Reverse().TakeWhile(line => line.Trim().Length > 0).Any(line => line.Contains("[Fact", StringComparison.Ordinal) || line.Contains("[Theory", StringComparison.Ordinal)), $"{proof} is no test.");
    });

    [Fact]
    public void A_case_that_is_proven_by_a_table_is_in_the_table()
    {
        string[] table = [.. HardCases.All.Select(row => row.Id[..3]).Distinct()];
        Assert.Empty(Proofs.All.Where(proof => proof.Row[0] == 'H' && proof.Test == nameof(HardCaseTests.Value_and_gradient_are_right)).Select(proof => proof.Row).Except(table));
    }
}
