using ChainRule.Kernels;

namespace ChainRule.Tests.Kernels;

public sealed unsafe class IntegerLaneTests
{
    [Fact]
    public void Arithmetic_wraps_around()
    {
        Assert.Equal(int.MinValue, (new Int32Lane(int.MaxValue) + new Int32Lane(1)).Value);
        Assert.Equal(int.MaxValue, (new Int32Lane(int.MinValue) - new Int32Lane(1)).Value);
        Assert.Equal(-2, (new Int32Lane(int.MaxValue) * new Int32Lane(2)).Value);
        Assert.Equal(int.MinValue, (-new Int32Lane(int.MinValue)).Value);
        Assert.Equal(int.MinValue, Int32Lane.Abs(new(int.MinValue)).Value);
        Assert.Equal(long.MinValue, (new Int64Lane(long.MaxValue) + new Int64Lane(1)).Value);
        Assert.Equal(long.MaxValue, (new Int64Lane(long.MinValue) - new Int64Lane(1)).Value);
        Assert.Equal(-2, (new Int64Lane(long.MaxValue) * new Int64Lane(2)).Value);
        Assert.Equal(long.MinValue, (-new Int64Lane(long.MinValue)).Value);
        Assert.Equal(long.MinValue, Int64Lane.Abs(new(long.MinValue)).Value);
        Assert.Equal(int.MinValue + 1, Int32Lane.Fma(new(int.MaxValue), new(1), new(2)).Value);
    }

    [Theory]
    [InlineData(7, 2, 3)]
    [InlineData(-7, 2, -3)]
    [InlineData(7, -2, -3)]
    [InlineData(5, -1, -5)]
    public void Division_truncates(int a, int b, int quotient)
    {
        Assert.Equal(quotient, (new Int32Lane(a) / new Int32Lane(b)).Value);
        Assert.Equal(quotient, (new Int64Lane(a) / new Int64Lane(b)).Value);
    }

    [Fact]
    public void The_least_value_over_minus_one_wraps_around()
    {
        Assert.Equal(int.MinValue, (new Int32Lane(int.MinValue) / new Int32Lane(-1)).Value);
        Assert.Equal(long.MinValue, (new Int64Lane(long.MinValue) / new Int64Lane(-1)).Value);
    }

    [Fact]
    public void Division_by_zero_throws()
    {
        Assert.Throws<DivideByZeroException>(() => new Int32Lane(1) / new Int32Lane(0));
        Assert.Throws<DivideByZeroException>(() => new Int64Lane(1) / new Int64Lane(0));
    }

    [Fact]
    public void Comparisons_give_masks_that_select_and_go_to_bytes()
    {
        byte stored;
        var mask = Int32Lane.LessThan(new(2), new(3));
        Assert.Equal(-1, mask.Value);
        Assert.Equal(5, Int32Lane.Select(mask, new(5), new(6)).Value);
        Assert.Equal(6, Int32Lane.Select(Int32Lane.Not(mask), new(5), new(6)).Value);
        Int32Lane.StoreMask(mask, &stored);
        Assert.Equal(1, stored);
        Assert.Equal(-1, Int32Lane.LoadMask(&stored).Value);

        var wide = Int64Lane.LessOrEqual(new(4), new(3));
        Assert.Equal(0, wide.Value);
        Assert.Equal(6, Int64Lane.Select(wide, new(5), new(6)).Value);
        Int64Lane.StoreMask(wide, &stored);
        Assert.Equal(0, stored);
        Assert.Equal(0, Int64Lane.LoadMask(&stored).Value);
    }

    [Fact]
    public void Functions_of_real_numbers_are_refused()
    {
        Assert.Throws<NotSupportedException>(() => Int32Lane.Exp(new(1)));
        Assert.Throws<NotSupportedException>(() => Int64Lane.Sqrt(new(1)));
    }
}
