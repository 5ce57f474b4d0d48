using ChainRule.Bench;

namespace ChainRule.Tests.Budgets;

/// <summary>What small operations and steps allocate is exact and has a budget. Alone, since a step may start threads of the team.</summary>
[Collection<Alone>]
public sealed class AllocationBudgetTests
{
    // A budget that is more than this far away is no budget any more.
    private const double Slack = 0.02;

    public static TheoryData<string> Names => [.. AllocationCase.All.Select(row => row.Name)];

    [Theory, MemberData(nameof(Names))]
    public void No_more_is_allocated_than_the_budget_allows(string name)
    {
        int budget = AllocationCase.Budgets[name];
        double actual = AllocationCase.All.Single(row => row.Name == name).Measure();
        Assert.True(actual <= budget, $"{name} allocates {actual} bytes, {actual - budget} more than its budget of {budget}. Make it less, or give a reason for changing {AllocationCase.BudgetFile}.");
        Assert.True(actual >= budget * (1 - Slack), $"{name} allocates only {actual} bytes, {budget - actual} less than its budget of {budget}: tighten it in {AllocationCase.BudgetFile}.");
    }

    [Fact]
    public void Every_case_has_a_budget_and_every_budget_a_case()
    {
        Assert.Equal(AllocationCase.All.Select(row => row.Name).Order(), AllocationCase.Budgets.Keys.Order());
        Assert.True(AllocationCase.All.Count >= 19);
    }

    [Fact]
    public void A_case_that_allocates_is_seen_to()
    {
        object? kept = null;
        Assert.Equal(24, new AllocationCase("one object", () => kept = new object()).Measure());
        Assert.NotNull(kept);
        Assert.Equal(0, new AllocationCase("nothing", () => { }).Measure());
    }
}
