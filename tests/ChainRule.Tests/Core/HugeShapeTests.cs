namespace ChainRule.Tests.Core;

/// <summary>Sizes that overflow, in a product or in bytes, are refused before memory is asked for.</summary>
public sealed class HugeShapeTests
{
    private const long TwoTo32 = 1L << 32;

    [Fact]
    public void A_shape_with_a_size_of_0_is_empty_however_large_the_others_are()
    {
        Tensor x = Tensor.Zeros([TwoTo32, TwoTo32, 0]), y = Tensor.Zeros([0, TwoTo32, TwoTo32], DType.Int64);
        Assert.Equal((0, 0), (x.ElementCount, y.ElementCount));
        Assert.Equal([TwoTo32, TwoTo32, 0], (x + 1).Shape);
        Assert.Equal([TwoTo32, 0, TwoTo32], x.T.Clone().Shape);
        Assert.Equal([TwoTo32, 5, 0], x[.., 3..8].Contiguous().Shape);
        Assert.Equal([0, TwoTo32, TwoTo32], (y < 1).Flip().Shape);
        Assert.Equal([0], x.Flatten().Shape);
        Assert.Equal([3, 0], x.Reshape(3, 0).Shape);
        Assert.Equal(0, x.Sum().Item<float>());
        Assert.Equal(0, y.Sum().Item<long>());
        Assert.Equal([0, TwoTo32], y.Sum(1).Shape);
        Assert.Equal(double.NegativeInfinity, x.LogSumExp().Item<double>());
        Assert.Empty(x.ToArray<float>());
        Assert.Equal("[] of shape [4294967296, 4294967296, 0]", x.ToString());
    }

    [Fact]
    public void Slices_of_nothing_are_not_walked_through()
    {
        Tensor x = Tensor.Zeros([TwoTo32, TwoTo32, 0]), none = Tensor.Zeros([0], DType.Int64);
        Assert.Equal([TwoTo32, TwoTo32, 0], x.Take(none, 2).Shape);
        Assert.Equal([TwoTo32, TwoTo32, 0], x.Gather(2, Tensor.Zeros([TwoTo32, TwoTo32, 0], DType.Int64)).Shape);
        Assert.Equal([TwoTo32, TwoTo32, 0], x.Softmax().Shape);
        Tensor matrices = Tensor.Zeros([1L << 31, 1L << 31, 0, 0]);
        Assert.Equal([1L << 31, 1L << 31, 0, 0], matrices.MatMul(matrices).Shape);
    }

    [Fact]
    public void Gradients_of_slices_of_nothing_are_empty_too()
    {
        Tensor x = Tensor.Zeros([TwoTo32, TwoTo32, 0]).RequiresGrad();
        x.Take(Tensor.Zeros([0], DType.Int64), 2).Sum().Backward();
        Assert.Equal([TwoTo32, TwoTo32, 0], x.Grad!.Shape);
        x.Gather(2, Tensor.Zeros([TwoTo32, TwoTo32, 0], DType.Int64)).Sum().Backward();
        Assert.Equal([TwoTo32, TwoTo32, 0], x.Grad!.Shape);
    }

    [Fact]
    public void More_than_2_to_63_elements_are_no_shape()
    {
        long[][] cases = [[1L << 62, 4], [4, 1L << 62], [long.MaxValue, 2], [TwoTo32, TwoTo32], [1L << 21, 1L << 21, 1L << 21]];
        foreach (long[] sizes in cases)
        {
            var refusal = Assert.Throws<ShapeException>(() => Tensor.Zeros(sizes));
            Assert.Contains($"[{string.Join(", ", sizes)}]", refusal.Message, StringComparison.Ordinal);
        }
        Assert.Equal(long.MaxValue, Shape.Create([long.MaxValue]).ElementCount);
    }

    [Fact]
    public void A_legal_shape_that_no_memory_holds_is_refused_before_allocation()
    {
        Func<Tensor>[] cases =
        [
            () => Tensor.Zeros([1L << 45]),
            () => Tensor.Zeros([1L << 50], DType.Bool),
            () => Tensor.Full([1L << 20, 1L << 25], 1, DType.Int32),
            () => Tensor.Zeros([(1L << 60) - 1], DType.Float64),
            () => Tensor.Zeros([(1L << 60) - 1], DType.Int64),
            () => Tensor.Zeros([long.MaxValue], DType.Bool),
            () => Tensor.Zeros([1L << 61], DType.Float64),
            () => Tensor.Normal([1L << 45], new RandomKey(1)),
            () => Tensor.Uniform([1L << 45], new RandomKey(1)),
            () => Tensor.Permutation(1L << 45, new RandomKey(1)),
            () => Tensor.Arange(0, 1e15),
            () => Tensor.Arange(0, 1e300),
            () => Tensor.Linspace(0, 1, 1L << 45),
            () => Tensor.Eye(1L << 45),
            () => Tensor.Zeros([1]).Expand([1L << 45]).Clone(),
            () => Tensor.Zeros([1]).Expand([1L << 45]) + 1,
            () => Tensor.Zeros([1, 1]).Expand([1L << 22, 1]) + Tensor.Zeros([1, 1]).Expand([1, 1L << 22]),
            () => Tensor.Zeros([3]).Pad(0, 0, 1L << 45),
            () => Tensor.Zeros([3], DType.Int64).OneHot(1L << 45),
        ];
        foreach (Func<Tensor> make in cases)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<InsufficientMemoryException>(make);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        }
        Assert.Equal(19, cases.Length);
    }

    [Fact]
    public void More_elements_than_an_array_holds_are_not_taken_out()
    {
        Tensor many = Tensor.Zeros([1]).Expand([TwoTo32]), contiguous = new(Tensor.Zeros([1]).Storage, [TwoTo32], DType.Float32);
        Assert.Contains("[4294967296]", Assert.Throws<InvalidOperationException>(() => many.ToArray<float>()).Message, StringComparison.Ordinal);
        Assert.StartsWith("ToArray: ", Assert.Throws<InvalidOperationException>(() => many.ToArray()).Message, StringComparison.Ordinal);
        Assert.StartsWith("AsSpan: ", Assert.Throws<InvalidOperationException>(() => contiguous.AsSpan<float>().Length).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => many.CopyTo(new float[1]));
        Assert.Throws<ShapeException>(() => Tensor.Zeros([TwoTo32, 0]).ToArray());
        Assert.Throws<ShapeException>(() => Tensor.Zeros([1, 1, 1, 1, 1, 1, 1]).ToArray());
    }

    [Fact]
    public void A_step_as_long_as_a_number_can_be_takes_one_element()
    {
        Tensor x = Tensor.Arange(0, 4).RequiresGrad();
        Tensor y = x.Slice(0, 1, 1, long.MaxValue);
        Assert.Equal([1], (y * 1).ToArray<float>());
        (y * 3).Sum().Backward();
        Assert.Equal([0, 3, 0, 0], x.Grad!.ToArray<float>());
    }
}
