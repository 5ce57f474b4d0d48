namespace ChainRule.Tests.Core;

public sealed class CreationTests
{
    private static readonly DType[] AllTypes = Enum.GetValues<DType>();

    [Fact]
    public void An_array_of_any_rank_keeps_its_shape_type_and_order()
    {
        (Array Values, DType DType)[] cases =
        [
            (new[] { 1f, 2f, 3f }, DType.Float32),
            (new[,] { { 1.5, -2 }, { 3, double.NaN } }, DType.Float64),
            (new[,,] { { { 1, 2, 3 }, { 4, 5, 6 } } }, DType.Int32),
            (new[,,,] { { { { long.MaxValue, 2 } } }, { { { 3, 4 } } } }, DType.Int64),
            (new[,,,,] { { { { { true, false } } } } }, DType.Bool),
            (new[,,,,,] { { { { { { 1f }, { 2f } } } } } }, DType.Float32),
            (Array.CreateInstance(typeof(int), 1, 2, 1, 1, 1, 1, 1, 2), DType.Int32),
            (Array.CreateInstance(typeof(float), [3], [5]), DType.Float32),
            (Array.Empty<float>(), DType.Float32),
            (new double[2, 0], DType.Float64),
            (new bool[0, 3, 0], DType.Bool),
        ];
        foreach ((Array values, DType dtype) in cases)
        {
            Tensor x = Tensor.From(values);
            Assert.Equal(dtype, x.DType);
            Assert.Equal(Enumerable.Range(0, values.Rank).Select(values.GetLongLength), x.Shape);
            Assert.Equal(values.Cast<object>().Select(Convert.ToDouble), x.ToArray<double>());
        }
        Assert.Equal(11, cases.Length);
    }

    [Fact]
    public void Elements_are_copied_from_arrays_and_spans()
    {
        float[] values = [1, 2, 3, 4];
        Tensor fromArray = values, fromSpan = Tensor.From<float>(values.AsSpan(1, 2)), shaped = Tensor.From(values, [2, 2]);
        values[1] = 9;
        Assert.Equal([1, 2, 3, 4], fromArray.ToArray<float>());
        Assert.Equal([2, 3], fromSpan.ToArray<float>());
        Assert.Equal(new[,] { { 1f, 2f }, { 3f, 4f } }, shaped.ToArray());
    }

    [Fact]
    public void A_collection_expression_is_a_tensor_of_as_many_axes_as_it_is_deep()
    {
        Tensor vector = [1f, 2f, 3f], matrix = [[1f, 2f], [3f, 4f]], deep = [[[1.0], [2.0]]], nothing = [];
        Assert.Equal(new[] { 1f, 2f, 3f }, vector.ToArray());
        Assert.Equal(new[,] { { 1f, 2f }, { 3f, 4f } }, matrix.ToArray());
        Assert.Equal([1, 2, 1], deep.Shape);
        Assert.Equal([1.0, 2], deep.ToArray<double>());
        Assert.Equal(Array.Empty<float>(), nothing.ToArray());
    }

    [Fact]
    public void A_collection_expression_takes_the_widest_type_of_its_elements()
    {
        Tensor truth = [true, false], integers = [1, 2L], mixed = [true, 2, 2.5], single = [1, 0.5f];
        Assert.Equal(new[] { true, false }, truth.ToArray());
        Assert.Equal(new[] { 1L, 2L }, integers.ToArray());
        Assert.Equal(new[] { 1, 2, 2.5 }, mixed.ToArray());
        Assert.Equal(new[] { 1, 0.5f }, single.ToArray());
    }

    [Fact]
    public void A_collection_expression_joins_tensors_and_spreads_their_slices()
    {
        Tensor row = [1f, 2f];
        Tensor twice = [row, row * 10], spread = [.. twice, row];
        Assert.Equal(new[,] { { 1f, 2f }, { 10f, 20f } }, twice.ToArray());
        Assert.Equal(new[,] { { 1f, 2f }, { 10f, 20f }, { 1f, 2f } }, spread.ToArray());
    }

    [Fact]
    public void A_number_converts_to_a_tensor_without_axes_of_its_type()
    {
        (Tensor Value, DType DType, double Number)[] cases =
            [(1.5f, DType.Float32, 1.5), (0.1, DType.Float64, 0.1), (-3, DType.Int32, -3), (1L << 40, DType.Int64, 1099511627776), (true, DType.Bool, 1)];
        foreach ((Tensor value, DType dtype, double number) in cases)
        {
            Assert.Equal((Shape.Scalar, dtype, number), (value.Shape, value.DType, value.Item<double>()));
        }
        Assert.Equal(AllTypes.Length, cases.Length);
    }

    [Fact]
    public void Arrays_of_one_and_two_axes_convert()
    {
        Tensor a = new[] { 1f }, b = new[] { 1.0 }, c = new[,] { { 1f } }, d = new[,] { { 1.0 } };
        Assert.Equal(["float32[1]", "float64[1]", "float32[1, 1]", "float64[1, 1]"], new[] { a, b, c, d }.Select(x => $"{x.DType}{x.Shape}".ToLowerInvariant()));
    }

    [Fact]
    public void Zeros_ones_and_any_value_fill_every_type()
    {
        foreach (DType dtype in AllTypes)
        {
            foreach (Shape shape in new Shape[] { [], [3], [2, 3], [0], [2, 0, 3] })
            {
                (Tensor Filled, double Value)[] fills =
                    [(Tensor.Zeros(shape, dtype), 0), (Tensor.Ones(shape, dtype), 1), (Tensor.Full(shape, Fitting(dtype), dtype), InType(-2.75, dtype)), (Tensor.Full(shape, -3L, dtype), dtype == DType.Bool ? 1 : -3)];
                foreach ((Tensor filled, double value) in fills)
                {
                    Assert.Equal((shape, dtype), (filled.Shape, filled.DType));
                    Assert.Equal(Enumerable.Repeat(value, (int)shape.ElementCount), filled.ToArray<double>());
                }
            }
        }
    }

    private static double Fitting(DType dtype) => dtype.IsFloating() ? -2.75 : InType(-2.75, dtype);

    [Fact]
    public void A_float32_is_the_nearest_to_the_number_given()
    {
        Assert.Equal(0.1f, Tensor.Full([], 0.1).Item<double>());
        Assert.Equal(16777216, Tensor.Full([], 16777217).Item<double>());
        Assert.Equal(double.PositiveInfinity, Tensor.Full([], 1e300).Item<double>());
        Assert.Equal(0.1, Tensor.Full([], 0.1, DType.Float64).Item<double>());
    }

    [Fact]
    public void The_ends_of_the_integers_can_be_filled_in()
    {
        Assert.Equal([int.MaxValue, int.MinValue], new[] { Full(int.MaxValue, DType.Int32), Full(int.MinValue, DType.Int32) });
        Assert.Equal([long.MinValue, 9223372036854774784], new[] { Full(long.MinValue, DType.Int64), Full(9223372036854774784, DType.Int64) });

        // A double has 53 bits.
        Assert.Equal([9007199254740993], Tensor.Full([1], 9007199254740993, DType.Int64).ToArray<long>());
        Assert.Equal([long.MaxValue], Tensor.Full([1], long.MaxValue, DType.Int64).ToArray<long>());

        static long Full(double value, DType dtype) => Tensor.Full([2], value, dtype)[1].Item<long>();
    }

    [Fact]
    public void Eye_is_one_on_the_diagonal()
    {
        Assert.Equal(new[,] { { 1f, 0f, 0f }, { 0f, 1f, 0f }, { 0f, 0f, 1f } }, Tensor.Eye(3).ToArray());
        Assert.Equal(new[,] { { 1L, 0L, 0L }, { 0L, 1L, 0L } }, Tensor.Eye(2, 3, DType.Int64).ToArray());
        Assert.Equal(new[,] { { true }, { false } }, Tensor.Eye(2, 1, DType.Bool).ToArray());
        Assert.Equal([0, 0], Tensor.Eye(0).Shape);
        Assert.Equal([2, 0], Tensor.Eye(2, 0).Shape);
    }

    private static double InType(double value, DType dtype) =>
        dtype.IsFloating() ? value : dtype == DType.Bool ? (value == 0 ? 0 : 1) : Math.Truncate(value);
}
