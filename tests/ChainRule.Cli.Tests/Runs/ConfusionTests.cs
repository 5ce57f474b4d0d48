using ChainRule.Cli.Runs;

namespace ChainRule.Cli.Tests.Runs;

public sealed class ConfusionTests
{
    // Actual a: 2 found, 1 taken for b. Actual b: 3 found, 1 for a. c never occurs and once is predicted, for b.
    private static readonly Confusion _confusion = Confusion.Of(["a", "b", "c"], [0, 0, 0, 1, 1, 1, 1, 1], [0, 0, 1, 1, 1, 1, 0, 2]);

    [Fact]
    public void Measures_follow_their_definitions()
    {
        Assert.Equal((8, 5, 5.0 / 8), (_confusion.Total, _confusion.Right, _confusion.Accuracy));
        Assert.Equal((3, 5, 0), (_confusion.Support(0), _confusion.Support(1), _confusion.Support(2)));
        Assert.Equal((2.0 / 3, 3.0 / 4, 0), (_confusion.Precision(0), _confusion.Precision(1), _confusion.Precision(2)));
        Assert.Equal((2.0 / 3, 3.0 / 5), (_confusion.Recall(0), _confusion.Recall(1)));
        // 2 P R / (P + R) with P = 3/4 and R = 3/5.
        Assert.Equal(2.0 / 3, _confusion.F1(1), 1e-15);
    }

    [Fact]
    public void Nothing_out_of_nothing_is_no_number()
    {
        Assert.True(double.IsNaN(_confusion.Recall(2)));
        Assert.True(double.IsNaN(Confusion.Of(["a"], [], []).Accuracy));
    }

    [Fact]
    public void Mistakes_come_with_the_most_frequent_first()
    {
        Confusion confusion = Confusion.Of(["a", "b"], [0, 1, 1, 1], [1, 0, 0, 1]);
        Assert.Equal([("b", "a", 2L), ("a", "b", 1L)], confusion.Mistakes());
    }
}
