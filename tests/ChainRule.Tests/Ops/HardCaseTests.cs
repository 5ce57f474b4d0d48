using ChainRule.Autograd;

namespace ChainRule.Tests.Ops;

public sealed class HardCaseTests
{
    public static TheoryData<string> Ids => [.. HardCases.All.Select(row => row.Id)];

    [Theory, MemberData(nameof(Ids))]
    public void Value_and_gradient_are_right(string id)
    {
        HardCase row = HardCases.All.Single(row => row.Id == id);
        foreach (DType dtype in row.Types)
        {
            Tensor[] x = Array.ConvertAll(row.Inputs, input => input.To(dtype).Clone().RequiresGrad());
            Tensor y = row.Function(x);
            Near(row.Value, y, dtype, $"{id} in {dtype}");
            Tensor[] gradients = Differentiate.Gradients(y, x, Tensor.Ones(y.Shape, dtype));
            Assert.Equal(row.Gradients.Length, gradients.Length);
            for (int i = 0; i < gradients.Length; i++)
            {
                Assert.Equal(row.Inputs[i].Shape, gradients[i].Shape);
                Near(row.Gradients[i], gradients[i], dtype, $"gradient {i} of {id} in {dtype}");
            }
        }
    }

    [Fact]
    public void Every_case_of_this_stage_has_a_row()
    {
        string[] covered = [.. HardCases.All.Select(row => row.Id[..3]).Distinct()];
        Assert.Equal(
            ["H05", "H07", "H09", "H10", "H11", "H12", "H17", "H18", "H19", "H22", "H23", "H25", "H27", "H28", "H29", "H36", "H38", "H39", "H40", "H43", "H44", "H48", "H55", "H60", "H62"],
            covered);
        int checks = HardCases.All.Sum(row => row.Types.Length);
        TestContext.Current.TestOutputHelper?.WriteLine($"{HardCases.All.Length} rows of {covered.Length} hard cases, {checks} checks of value and gradient.");
        Assert.Equal((54, 105), (HardCases.All.Length, checks));
    }

    [Fact]
    public void H20_the_share_of_more_equal_elements_than_float32_can_count()
    {
        const int Count = (1 << 24) + 2;
        Tensor x = Tensor.Ones([Count]).RequiresGrad();
        Tensor largest = x.Max();
        largest.Backward();
        Assert.Equal(1, largest.Item<float>());
        Assert.Equal((1f / Count, 1f / Count), (x.Grad!.Min().Item<float>(), x.Grad.Max().Item<float>()));
    }

    // Zeros, infinities and NaN are exact; the rest may be rounded a few times.
    private static void Near(Tensor expected, Tensor actual, DType dtype, string because)
    {
        Assert.Equal((expected.Shape, dtype), (actual.Shape, actual.DType));
        double relative = dtype == DType.Float32 ? 4e-7 : 4e-16;
        double[] right = expected.ToArray<double>(), found = actual.ToArray<double>();
        for (int i = 0; i < right.Length; i++)
        {
            bool isNear = right[i].Equals(found[i]) || Math.Abs(right[i] - found[i]) <= relative * Math.Abs(right[i]);
            Assert.True(isNear, $"{because}: element {i} is {found[i]:R}, not {right[i]:R}");
        }
    }
}
