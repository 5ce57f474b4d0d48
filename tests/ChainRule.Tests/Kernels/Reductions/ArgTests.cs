using ChainRule.Kernels;
using ChainRule.Tests.Kernels.Loops;

namespace ChainRule.Tests.Kernels.Reductions;

public sealed unsafe class ArgTests
{
    [Theory]
    [InlineData(new float[] { 1, 3, 2, 3 }, 1, 0)]
    [InlineData(new float[] { 2, 2, 2 }, 0, 0)]
    [InlineData(new float[] { -0f, 0f, -1f }, 0, 2)]
    [InlineData(new float[] { 0f, -0f, 1f }, 2, 0)]
    [InlineData(new float[] { 5, float.NaN, 9, float.NaN, -9 }, 1, 1)]
    [InlineData(new float[] { float.PositiveInfinity, float.NaN }, 1, 1)]
    [InlineData(new float[] { float.NegativeInfinity, float.PositiveInfinity }, 1, 0)]
    public void The_first_of_equals_and_the_first_NaN(float[] x, long max, long min) => Places(x, max, min);

    [Fact]
    public void Equals_in_a_later_block_do_not_count()
    {
        float[] x = new float[5000];
        x[700] = x[1500] = x[4000] = 2;
        x[900] = x[3000] = -2;
        Places(x, 700, 900);
        x[4500] = 3;
        x[4600] = -3;
        Places(x, 4500, 4600);
        x[2500] = x[4999] = float.NaN;
        Places(x, 2500, 2500);
    }

    [Fact]
    public void Zeros_of_both_signs_in_different_blocks_are_equal()
    {
        float[] x = [.. Enumerable.Repeat(-1f, 3000)];
        x[10] = -0f;
        x[2000] = 0f;
        Places(x, 10, 0);
        float[] y = [.. x.Select(v => -v)];
        Places(y, 0, 10);
    }

    private static void Places(float[] x, long max, long min)
    {
        View<float> view = View<float>.Contiguous([x.Length], i => x[i]);
        var place = new Guarded<long>(1);
        Reduction.ArgMax(view.Strided, 0, place.Pointer);
        Assert.Equal(max, place.Elements()[0]);
        Reduction.ArgMin(view.Strided, 0, place.Pointer);
        Assert.Equal(min, place.Elements()[0]);
    }
}
