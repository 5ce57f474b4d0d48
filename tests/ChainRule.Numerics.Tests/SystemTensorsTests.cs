using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace ChainRule.Numerics.Tests;

public sealed class SystemTensorsTests
{
    private static Tensor Matrix => Tensor.Arange(0, 6).Reshape(2, 3);

    [Fact]
    public void A_view_has_the_shape_and_the_memory_of_the_tensor()
    {
        Tensor x = Matrix;
        ReadOnlyTensorSpan<float> span = x.AsTensorSpan<float>();
        Assert.Equal([2, 3], span.Lengths.ToArray());
        Assert.Equal([3, 1], span.Strides.ToArray());
        Assert.Equal(5, span[1, 2]);
        Assert.True(Unsafe.AreSame(in x.AsSpan<float>()[0], in span.GetPinnableReference()));
        x[1, 2] = 50f;
        Assert.Equal(50, span[1, 2]);
        GC.KeepAlive(x);
    }

    [Fact]
    public void A_contiguous_part_is_viewed_where_it_lies()
    {
        Tensor x = Matrix;
        ReadOnlyTensorSpan<float> row = x[1].AsTensorSpan<float>(), reshaped = x.Reshape(3, 1, 2).AsTensorSpan<float>();
        Assert.Equal([3, 4, 5], Elements(row));
        Assert.Equal([3, 1, 2], reshaped.Lengths.ToArray());
        Assert.Equal(5, reshaped[2, 0, 1]);
        GC.KeepAlive(x);
    }

    [Fact]
    public void A_single_number_has_one_axis_there()
    {
        Tensor x = 7.5f;
        Assert.Equal([1], x.AsTensorSpan<float>().Lengths.ToArray());
        Assert.Equal(7.5f, x.AsTensorSpan<float>()[0]);
        Assert.Equal([1], x.ToSystemTensor<float>().Lengths.ToArray());
        Assert.Equal([1], x.ToSystemTensor<float>().ToChainRule().Shape);
    }

    [Fact]
    public void Nothing_stays_nothing()
    {
        (Shape Shape, nint[] Lengths)[] cases = [([0], [0]), ([2, 0], [2, 0]), ([0, 3], [0, 3]), ([2, 0, 4], [2, 0, 4]), ([1L << 32, 1L << 32, 0], [(nint)1 << 32, (nint)1 << 32, 0])];
        foreach ((Shape shape, nint[] lengths) in cases)
        {
            Tensor x = Tensor.Zeros(shape, DType.Int64);
            Assert.Equal(lengths, x.AsTensorSpan<long>().Lengths.ToArray());
            Assert.Equal(lengths, x.ToSystemTensor<long>().Lengths.ToArray());
            Assert.Equal((shape, DType.Int64), (x.ToSystemTensor<long>().ToChainRule().Shape, x.ToSystemTensor<long>().ToChainRule().DType));
        }
        Assert.Equal(5, cases.Length);
        Assert.Equal([0], default(ReadOnlyTensorSpan<float>).ToChainRule().Shape);
    }

    [Fact]
    public void Every_type_goes_there_and_back()
    {
        int types = Back([1.5f, float.NaN, -0f]) + Back([1.5, double.NegativeInfinity, double.Epsilon]) + Back([1, int.MinValue, int.MaxValue]) + Back([long.MinValue, 0, 9_007_199_254_740_993]) + Back([true, false, true]);
        Assert.Equal(Enum.GetValues<DType>().Length, types);

        static int Back<T>(T[] values) where T : unmanaged
        {
            Tensor x = Tensor.From(values, [3, 1]);
            Assert.Equal(values, Elements(x.AsTensorSpan<T>()));
            Tensor<T> there = x.ToSystemTensor<T>();
            Assert.Equal([3, 1], there.Lengths.ToArray());
            Tensor back = there.ToChainRule();
            Assert.Equal((x.Shape, x.DType), (back.Shape, back.DType));
            Assert.Equal(values, back.ToArray<T>());
            return 1;
        }
    }

    [Fact]
    public void A_copy_reads_any_layout_converts_and_is_a_copy()
    {
        Tensor x = Matrix;
        (Tensor View, float[] Elements)[] cases =
            [(x.T, [0, 3, 1, 4, 2, 5]), (x[.., 1], [1, 4]), (x.Flip(), [5, 4, 3, 2, 1, 0]), (x[0].Expand([2, 3]), [0, 1, 2, 0, 1, 2]), (x.Slice(1, 0, 2, 2), [0, 2, 3, 5])];
        foreach ((Tensor view, float[] elements) in cases)
        {
            Assert.Equal(view.Shape, view.ToSystemTensor<float>().Lengths.ToArray().Select(length => (long)length));
            Assert.Equal(elements, Elements<float>(view.ToSystemTensor<float>()));
            Assert.Equal(elements.Select(value => (int)value), Elements<int>(view.ToSystemTensor<int>()));
        }
        Assert.Equal(5, cases.Length);
        Tensor<float> copy = x.ToSystemTensor<float>();
        x.Fill(9);
        Assert.Equal([0, 1, 2, 3, 4, 5], Elements<float>(copy));
    }

    [Fact]
    public void Strides_of_the_other_side_are_followed()
    {
        float[] values = [0, 1, 2, 3, 4, 5];
        Tensor<float> whole = System.Numerics.Tensors.Tensor.Create(values, [2, 3]);
        Same(new[,] { { 0f, 1f, 2f }, { 3f, 4f, 5f } }, whole.ToChainRule());
        Same(new[,] { { 0f, 3f }, { 1f, 4f }, { 2f, 5f } }, System.Numerics.Tensors.Tensor.PermuteDimensions(whole, [1, 0]).ToChainRule());
        Same(new[,] { { 1f, 2f }, { 4f, 5f } }, whole.AsReadOnlyTensorSpan([NRange.All, 1..3]).ToChainRule());
        Same(new[,] { { 1f, 2f }, { 4f, 5f } }, whole.AsTensorSpan([NRange.All, 1..3]).ToChainRule());
        Same(new[,] { { 0f, 1f, 2f }, { 0f, 1f, 2f } }, new ReadOnlyTensorSpan<float>(values, [2, 3], [0, 1]).ToChainRule());
        Assert.Equal(new[] { 0f, 2f, 4f }, new ReadOnlyTensorSpan<float>(values, [3], [2]).ToChainRule().ToArray());

        static void Same(float[,] expected, Tensor actual) => Assert.Equal(expected, actual.ToArray());
    }

    [Fact]
    public void What_comes_back_has_memory_of_its_own()
    {
        float[] values = [1, 2];
        Tensor x = new TensorSpan<float>(values).ToChainRule();
        values[0] = 9;
        Assert.Equal([1, 2], x.ToArray<float>());
    }

    [Fact]
    public void Functions_of_the_other_side_work_on_the_view()
    {
        Tensor x = Tensor.From([3.0, 4.0]);
        Assert.Equal(5, System.Numerics.Tensors.Tensor.Norm(x.AsTensorSpan<double>()));
        GC.KeepAlive(x);
    }

    [Fact]
    public void A_view_with_gaps_or_of_another_type_is_refused_with_advice()
    {
        Tensor x = Matrix;
        foreach (Tensor view in new[] { x.T, x[.., 0], x.Flip(), x[0].Expand([2, 3]) })
        {
            string message = Assert.Throws<InvalidOperationException>(() => view.AsTensorSpan<float>().Rank).Message;
            Assert.StartsWith("AsTensorSpan: ", message, StringComparison.Ordinal);
            Assert.Contains("ToSystemTensor", message, StringComparison.Ordinal);
        }
        Assert.Contains("float32", Assert.Throws<DTypeException>(() => x.AsTensorSpan<double>().Rank).Message, StringComparison.Ordinal);
        Assert.Contains("Half", Assert.Throws<DTypeException>(() => x.AsTensorSpan<Half>().Rank).Message, StringComparison.Ordinal);
        Assert.Contains("Byte", Assert.Throws<DTypeException>(() => x.ToSystemTensor<byte>()).Message, StringComparison.Ordinal);
        Assert.Contains("UInt16", Assert.Throws<DTypeException>(() => System.Numerics.Tensors.Tensor.Create(new ushort[] { 1 }, [1]).ToChainRule()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_axes_or_elements_are_refused()
    {
        nint[] axes = [.. Enumerable.Repeat((nint)1, 25)];
        Assert.Contains("24 axes", Assert.Throws<ShapeException>(() => new ReadOnlyTensorSpan<float>(new float[1], axes).ToChainRule()).Message, StringComparison.Ordinal);
        Assert.StartsWith("ToChainRule: ", Assert.Throws<ShapeException>(() => new ReadOnlyTensorSpan<float>(new float[1], [(nint)1 << 32], [0]).ToChainRule()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nulls_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => SystemTensors.AsTensorSpan<float>(null!).Rank);
        Assert.Throws<ArgumentNullException>(() => SystemTensors.ToSystemTensor<float>(null!));
        Assert.Throws<ArgumentNullException>(() => SystemTensors.ToChainRule((Tensor<float>)null!));
    }

    private static T[] Elements<T>(ReadOnlyTensorSpan<T> span)
    {
        var values = new T[span.FlattenedLength];
        span.FlattenTo(values);
        return values;
    }
}
