namespace ChainRule.Tests.Core;

public sealed class ConversionTests
{
    [Fact]
    public void ToArray_without_a_type_keeps_shape_and_type()
    {
        Array[] cases =
        [
            new[] { 1f, 2f }, new[,] { { 1.5, 2 }, { 3, 4 } }, new[,,] { { { 1, 2, 3 } } }, new[,,,] { { { { 1L }, { 2L } } } }, new[,,,,] { { { { { true, false } } } } },
            new[,,,,,] { { { { { { 1f }, { 2f } } } } } }, new float[0, 2], Array.Empty<int>(),
        ];
        foreach (Array values in cases)
        {
            Array back = Tensor.From(values).ToArray();
            Assert.Equal(values.GetType(), back.GetType());
            Assert.Equal(values, back);
        }
        Assert.Equal(8, cases.Length);
        Assert.Equal(new[] { 3.5 }, ((Tensor)3.5).ToArray());
    }

    [Fact]
    public void Every_way_out_reads_a_view_in_its_own_order()
    {
        Tensor x = Tensor.Arange(0, 12).Reshape(3, 4);
        (Tensor View, float[] Expected)[] cases =
        [
            (x.T, [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]),
            (x[1], [4, 5, 6, 7]),
            (x[.., 1], [1, 5, 9]),
            (x.Slice(1, 0, 2, 3), [0, 3, 4, 7, 8, 11]),
            (x[2].Flip(), [11, 10, 9, 8]),
            (x[0, 1..3].Expand([2, 2]), [1, 2, 1, 2]),
            (x[1..1], []),
        ];
        foreach ((Tensor view, float[] expected) in cases)
        {
            Assert.Equal(expected, view.ToArray<float>());
            Assert.Equal(expected, view.ToArray().Cast<float>());
            Assert.Equal(expected.Select(value => (long)value), view.ToArray<long>());
            Assert.Equal(view.Shape, Tensor.From(view.ToArray()).Shape);
            float[] target = [.. Enumerable.Repeat(-1f, expected.Length + 1)];
            view.CopyTo<float>(target);
            Assert.Equal([.. expected, -1f], target);
        }
        Assert.Equal(7, cases.Length);
    }

    [Fact]
    public void ToArray_is_a_copy()
    {
        Tensor x = new[] { 1f, 2f };
        float[] flat = x.ToArray<float>(), shaped = (float[])x.ToArray();
        flat[0] = shaped[1] = 9;
        Assert.Equal([1, 2], x.ToArray<float>());
    }

    [Fact]
    public void Values_of_a_tracked_tensor_come_out_and_nothing_is_recorded()
    {
        Tensor x = new[,] { { 1f, 2f }, { 3f, 4f } };
        x.RequiresGrad();
        List<Laws.Application> seen = Laws.Application.During(() => Assert.Equal([1, 2, 3, 4], x.ToArray<double>()));
        Assert.DoesNotContain(seen, application => application.Result.IsTracked);
        Assert.Equal([1, 3, 2, 4], x.T.ToArray<float>());
    }

    [Fact]
    public void Item_is_the_only_element_in_any_type()
    {
        Tensor x = Tensor.Full([1, 1], 2.75);
        Assert.Equal((2.75f, 2.75, 2, 2L, true), (x.Item<float>(), x.Item<double>(), x.Item<int>(), x.Item<long>(), x.Item<bool>()));
        Assert.Equal(7, Tensor.Arange(0, 12).Reshape(3, 4)[1, 3].Item<int>());
        Assert.Equal(1, ((Tensor)true).Item<float>());
    }

    [Fact]
    public void AsSpan_sees_the_memory_itself()
    {
        Tensor x = Tensor.Arange(0, 6).Reshape(2, 3);
        ReadOnlySpan<float> all = x.AsSpan<float>(), second = x[1].AsSpan<float>();
        x[1, 0] = 10f;
        Assert.Equal([0, 1, 2, 10, 4, 5], all.ToArray());
        Assert.Equal([10, 4, 5], second.ToArray());
        Assert.Equal([7], ((Tensor)7).AsSpan<int>().ToArray());
        Assert.True(Tensor.Zeros([2, 0]).AsSpan<float>().IsEmpty);
        Assert.Equal([true, false], Tensor.From([true, false]).AsSpan<bool>().ToArray());
    }

    [Fact]
    public void AsSpan_refuses_views_with_gaps_and_other_types()
    {
        Tensor x = Tensor.Arange(0, 6).Reshape(2, 3);
        foreach (Tensor view in new[] { x.T, x[.., 0], x[0].Flip(), x[0].Expand([2, 3]) })
            Assert.Contains("Contiguous()", Assert.Throws<InvalidOperationException>(() => view.AsSpan<float>().Length).Message, StringComparison.Ordinal);
        Assert.Contains("float32", Assert.Throws<DTypeException>(() => x.AsSpan<double>().Length).Message, StringComparison.Ordinal);
        Assert.Contains("float32", Assert.Throws<DTypeException>(() => x.AsSpan<int>().Length).Message, StringComparison.Ordinal);
        Assert.Contains("Half", Assert.Throws<DTypeException>(() => x.AsSpan<Half>().Length).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_type_converts_to_every_other()
    {
        float[] singles = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 2.9f, -2.9f, -0f, 3e9f, -3e9f, 1e20f, 0.4f];
        double[] doubles = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 2.9, -2.9, -0.0, 3e9, -3e9, 1e20, 0.4];
        int[] cutTo32 = [0, int.MaxValue, int.MinValue, 2, -2, 0, int.MaxValue, int.MinValue, int.MaxValue, 0];
        long[] cutTo64 = [0, long.MaxValue, long.MinValue, 2, -2, 0, 3_000_000_000, -3_000_000_000, long.MaxValue, 0];
        bool[] isNot0 = [true, true, true, true, true, false, true, true, true, true];
        int pairs = Converts(doubles, doubles) + Converts(doubles, singles) + Converts(doubles, cutTo64) + Converts(doubles, cutTo32) + Converts(doubles, isNot0);
        pairs += Converts(singles, singles) + Converts(singles, [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 2.9f, -2.9f, -0.0, 3e9, -3e9, 1e20f, 0.4f]);
        pairs += Converts(singles, cutTo64) + Converts(singles, cutTo32) + Converts(singles, isNot0);

        // 2^24 + 1 and 2^53 + 1 are the first whole numbers that float32 and float64 lack; int32 keeps the low 32 bits.
        long[] longs = [long.MaxValue, long.MinValue, -1, 0, 4_294_967_301, 16_777_217, 9_007_199_254_740_993];
        pairs += Converts(longs, longs) + Converts(longs, [9223372036854775808.0, -9223372036854775808.0, -1, 0, 4_294_967_301, 16_777_217, 9_007_199_254_740_992.0]);
        pairs += Converts(longs, [9223372036854775808f, -9223372036854775808f, -1, 0, 4_294_967_296f, 16_777_216f, 9_007_199_254_740_992f]);
        pairs += Converts(longs, [-1, 0, -1, 0, 5, 16_777_217, 1]) + Converts(longs, [true, true, true, false, true, true, true]);

        int[] ints = [int.MaxValue, int.MinValue, -1, 0, 16_777_217];
        pairs += Converts(ints, ints) + Converts(ints, [2147483647L, -2147483648, -1, 0, 16_777_217]) + Converts(ints, [2147483647.0, -2147483648, -1, 0, 16_777_217]);
        pairs += Converts(ints, [2147483648f, -2147483648f, -1, 0, 16_777_216f]) + Converts(ints, [true, true, true, false, true]);

        bool[] truth = [true, false, true];
        pairs += Converts(truth, truth) + Converts(truth, [1, 0, 1]) + Converts(truth, [1L, 0, 1]) + Converts(truth, [1f, 0, 1]) + Converts(truth, [1.0, 0, 1]);
        Assert.Equal(25, pairs);
    }

    [Fact]
    public void A_fraction_halfway_between_two_float32_goes_to_the_even_one()
    {
        Converts([1 + 5.9604644775390625e-8, 1 + 3 * 5.9604644775390625e-8, 1e-46, 3.5e38], [1f, 1 + 2 * 1.1920929e-7f, 0f, float.PositiveInfinity]);
        Converts([-1e-46], [-0f]);
    }

    [Fact]
    public void To_the_same_type_is_the_tensor_itself()
    {
        Tensor x = Tensor.Zeros([2]);
        Assert.Same(x, x.To(DType.Float32));
    }

    // Contiguous, with gaps, backwards and repeated; the bits tell 0 from -0.
    private static int Converts<TFrom, TTo>(TFrom[] from, TTo[] expected) where TFrom : unmanaged where TTo : unmanaged
    {
        Tensor x = Tensor.From(from);
        DType dtype = Tensor.From(expected).DType;
        Same(expected, x.To(dtype));
        Same(expected, Tensor.Stack([x, x], 1)[.., 1].To(dtype));
        Same([.. expected.Reverse()], x.Flip().To(dtype));
        Same([.. expected, .. expected], x.Expand([2, from.Length]).To(dtype));
        Assert.Equal(expected, x.ToArray<TTo>());
        return 1;

        static void Same(TTo[] expected, Tensor actual) =>
            Assert.Equal(expected.Select(Text), actual.ToArray<TTo>().Select(Text));

        static string Text(TTo value) => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!;
    }
}
