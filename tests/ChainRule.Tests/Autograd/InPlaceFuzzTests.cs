namespace ChainRule.Tests.Autograd;

/// <summary>
/// Random programs of operations, views and changes in place. Each runs twice: as a user writes it, and with copies, where a
/// change is a new tensor and nothing shares memory. A program may be refused, but never differ.
/// </summary>
public sealed class InPlaceFuzzTests
{
    private const int Programs = 10_000, Steps = 14;

    [Fact]
    public void A_program_with_changes_in_place_is_refused_or_right()
    {
        int refused = 0, right = 0;
        for (int seed = 0; seed < Programs; seed++)
        {
            var program = new InPlaceProgram(seed);
            for (int i = 0; i < Steps; i++)
                program.Step();
            try
            {
                program.Loss.Backward();
            }
            catch (InPlaceException)
            {
                refused++;
                continue;
            }
            program.LossOfCopies.Backward();
            for (int i = 0; i < program.Leaves.Count; i++)
            {
                double[] expected = Gradient(program.LeavesOfCopies[i]), actual = Gradient(program.Leaves[i]);
                Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Abs(a)));
            }
            right++;
        }
        Assert.Equal(Programs, refused + right);
        Assert.True(refused > Programs / 20 && right > Programs / 5, $"{refused} refused, {right} right: one of them is hardly tried.");
    }

    private static double[] Gradient(Tensor leaf) => leaf.Grad?.ToArray<double>() ?? new double[leaf.ElementCount];
}
