using System.Numerics;

namespace ChainRule.Tests.Core;

/// <summary>In which type operands of different types meet, and what a plain number becomes.</summary>
public sealed class PromotionTests
{
    private const DType Bool = DType.Bool, Int32 = DType.Int32, Int64 = DType.Int64, Single = DType.Float32, Double = DType.Float64;

    private static readonly DType[] All = [Bool, Int32, Int64, Single, Double];

    /// <summary>The type of a sum of a left operand (rows) and a right one (columns), in the order of <see cref="All"/>.</summary>
    private static readonly DType[,] Arithmetic =
    {
        { Int32, Int32, Int64, Single, Double },
        { Int32, Int32, Int64, Single, Double },
        { Int64, Int64, Int64, Single, Double },
        { Single, Single, Single, Single, Double },
        { Double, Double, Double, Double, Double },
    };

    private static readonly double[] Numbers = [1, -2, 0.5, 3e9, -3e9, 1e20, double.NaN, double.PositiveInfinity];

    private static readonly (string Name, Func<Tensor, Tensor, Tensor> Tensors, Func<Tensor, double, Tensor> Right, Func<double, Tensor, Tensor> Left, Func<double, double, double> Double, Func<float, float, float> Single)[] Operators =
    [
        ("+", (a, b) => a + b, (a, b) => a + b, (a, b) => a + b, (a, b) => a + b, (a, b) => a + b),
        ("-", (a, b) => a - b, (a, b) => a - b, (a, b) => a - b, (a, b) => a - b, (a, b) => a - b),
        ("*", (a, b) => a * b, (a, b) => a * b, (a, b) => a * b, (a, b) => a * b, (a, b) => a * b),
        ("/", (a, b) => a / b, (a, b) => a / b, (a, b) => a / b, (a, b) => a / b, (a, b) => a / b),
    ];

    private static readonly (string Name, Func<Tensor, Tensor, Tensor> Tensors, Func<Tensor, double, Tensor> Right, Func<double, Tensor, Tensor> Left, Func<double, double, bool> Answer)[] Comparisons =
    [
        ("<", (a, b) => a < b, (a, b) => a < b, (a, b) => a < b, (a, b) => a < b),
        (">", (a, b) => a > b, (a, b) => a > b, (a, b) => a > b, (a, b) => a > b),
        ("<=", (a, b) => a <= b, (a, b) => a <= b, (a, b) => a <= b, (a, b) => a <= b),
        (">=", (a, b) => a >= b, (a, b) => a >= b, (a, b) => a >= b, (a, b) => a >= b),
        ("EqualTo", (a, b) => a.EqualTo(b), (a, b) => a.EqualTo(b), (a, b) => b.EqualTo(a), (a, b) => a == b),
        ("NotEqualTo", (a, b) => a.NotEqualTo(b), (a, b) => a.NotEqualTo(b), (a, b) => b.NotEqualTo(a), (a, b) => a != b),
    ];

    [Fact]
    public void A_null_operand_is_called_left_or_right()
    {
        Tensor x = Tensor.Ones([2]);
        Func<Tensor>[] left = [() => (Tensor)null! + x, () => (Tensor)null! * x, () => (Tensor)null! < x], right = [() => x + (Tensor)null!, () => x / (Tensor)null!, () => x < (Tensor)null!];
        Assert.All(left, call => Assert.Equal("left", Assert.Throws<ArgumentNullException>(call).ParamName));
        Assert.All(right, call => Assert.Equal("right", Assert.Throws<ArgumentNullException>(call).ParamName));
    }

    [Fact]
    public void Two_tensors_meet_in_the_type_of_the_table()
    {
        int cases = 0;
        foreach ((int row, int column) in Pairs())
        {
            Tensor a = Tensor.Full([2], 3, All[row]), b = Tensor.Full([2, 1], 2, All[column]);
            (double left, double right) = (a[0].Item<double>(), b[0].Item<double>());
            foreach (var op in Operators)
            {
                DType expected = op.Name == "/" && Arithmetic[row, column] != Double ? Single : Arithmetic[row, column];
                double value = expected == Single ? op.Single((float)left, (float)right) : op.Double(left, right);
                Is(expected, [2, 2], value, op.Tensors(a, b), $"{All[row]} {op.Name} {All[column]}");
                cases++;
            }
            Is(Arithmetic[row, column], [2, 2], Math.Max(left, right), Tensor.Maximum(a, b), $"Maximum of {All[row]} and {All[column]}");
            Is(Arithmetic[row, column], [2, 2], Math.Min(left, right), Tensor.Minimum(a, b), $"Minimum of {All[row]} and {All[column]}");
            cases += 2;
        }
        Assert.Equal(25 * 6, cases);
    }

    [Fact]
    public void A_choice_and_a_row_of_tensors_keep_one_type_and_widen_others()
    {
        int cases = 0;
        foreach ((int row, int column) in Pairs())
        {
            Tensor a = Tensor.Ones([1], All[row]), b = Tensor.Zeros([1], All[column]);
            DType chosen = row == column ? All[row] : Arithmetic[row, column], joined = (DType)Math.Max(row, column);
            Assert.Equal(chosen, Tensor.Where(Tensor.From([true]), a, b).DType);
            Assert.Equal(joined, Tensor.Concat([a, b]).DType);
            Assert.Equal((joined, joined), (All[row].Promote(All[column]), Tensor.Stack([a, b]).DType));
            cases++;
        }
        Assert.Equal(25, cases);
    }

    [Fact]
    public void Comparisons_of_all_types_are_exact_and_give_truth_values()
    {
        int cases = 0;
        foreach ((int row, int column) in Pairs())
        {
            foreach ((double left, double right) in new[] { (0.0, 1.0), (1, 0), (1, 1) })
            {
                foreach (var comparison in Comparisons)
                {
                    Tensor answer = comparison.Tensors(Tensor.Full([], left, All[row]), Tensor.Full([3], right, All[column]));
                    Is(Bool, [3], comparison.Answer(left, right) ? 1 : 0, answer, $"{left} ({All[row]}) {comparison.Name} {right} ({All[column]})");
                    cases++;
                }
            }
        }
        Assert.Equal(25 * 3 * 6, cases);
    }

    [Fact]
    public void A_plain_number_takes_the_type_of_the_tensor_if_it_can()
    {
        int cases = 0;
        foreach (DType dtype in All)
        {
            Tensor x = Tensor.Full([2], 3, dtype);
            double element = x[0].Item<double>();
            foreach (double number in Numbers)
            {
                foreach (var op in Operators)
                {
                    DType meeting = Meeting(dtype, number);
                    DType expected = op.Name == "/" && meeting != Double ? Single : meeting;
                    double right = expected == Single ? op.Single((float)element, (float)number) : op.Double(element, number);
                    double left = expected == Single ? op.Single((float)number, (float)element) : op.Double(number, element);
                    Is(expected, [2], right, op.Right(x, number), $"{dtype} {op.Name} {number}");
                    Is(expected, [2], left, op.Left(number, x), $"{number} {op.Name} {dtype}");
                    cases += 2;
                }
            }
        }
        Assert.Equal(5 * 8 * 4 * 2, cases);
    }

    [Fact]
    public void A_tensor_of_any_type_compares_with_any_number()
    {
        int cases = 0;
        foreach (DType dtype in All)
        {
            foreach (double element in dtype == Bool ? new[] { 0.0, 1 } : [0, 1, -2, 2])
            {
                Tensor x = Tensor.Full([1], element, dtype);
                foreach (double number in Numbers)
                {
                    foreach (var comparison in Comparisons)
                    {
                        Is(Bool, [1], comparison.Answer(element, number) ? 1 : 0, comparison.Right(x, number), $"{element} ({dtype}) {comparison.Name} {number}");
                        Is(Bool, [1], comparison.Answer(number, element) ? 1 : 0, comparison.Left(number, x), $"{number} {comparison.Name} {element} ({dtype})");
                        cases += 2;
                    }
                }
            }
        }
        Assert.Equal((2 + 4 * 4) * 8 * 6 * 2, cases);
    }

    [Fact]
    public void A_number_in_a_choice_takes_the_type_of_the_other_branch_if_it_can()
    {
        Tensor condition = Tensor.From([true, false]), x = Tensor.From([7, 8]);
        Assert.Equal(new[] { 7, 1 }, Tensor.Where(condition, x, 1).ToArray());
        Assert.Equal(new[] { 0.5f, 8 }, Tensor.Where(condition, 0.5, x).ToArray());
        Assert.Equal(new[] { 7L, 3_000_000_000 }, Tensor.Where(condition, x, 3e9).ToArray());
        Assert.Equal(new[] { 7, 0.1 }, Tensor.Where(condition, x.To(Double), 0.1).ToArray());
    }

    [Fact]
    public void Integers_wrap_around_and_are_exact_beyond_what_a_double_holds()
    {
        Tensor least = Tensor.From([int.MinValue]), large = Tensor.From([9_007_199_254_740_993L]);
        Assert.Equal([int.MaxValue], (least - 1).ToArray<int>());
        Assert.Equal([int.MinValue], (-least).ToArray<int>());
        Assert.Equal([9_007_199_254_740_995], (large + 2).ToArray<long>());
        Assert.Equal([true], (large > Tensor.From([9_007_199_254_740_992L])).ToArray<bool>());
        Assert.Equal([long.MinValue], (Tensor.From([long.MaxValue]) + 1).ToArray<long>());
    }

    [Fact]
    public void Functions_without_whole_results_turn_integers_into_float32()
    {
        foreach (DType dtype in new[] { Bool, Int32, Int64 })
        {
            Tensor x = Tensor.Ones([2], dtype);
            Tensor[] results = [x.Exp(), x.Sqrt(), x.Sigmoid(), x.Pow(0.5), x.Pow(-0.5), x.Mean(), x.Var(), x.Softmax(), x.LogSumExp(), x.MatMul(x)];
            Assert.All(results, result => Assert.Equal(Single, result.DType));
            Assert.Equal(dtype == Bool ? Int32 : dtype, x.Abs().DType);
            Assert.Equal(Int64, x.Sum().DType);
        }
    }

    [Fact]
    public void Whole_powers_of_integers_are_integers()
    {
        foreach (DType dtype in new[] { Bool, Int32, Int64 })
        {
            Tensor x = Tensor.Ones([2], dtype);
            DType own = dtype == Bool ? Int32 : dtype;
            Assert.Equal((own, own, Int64), (x.Pow(2).DType, x.Pow(x).DType, x.Pow(Tensor.Ones([2], Int64)).DType));
            Assert.Equal((Single, Double), (x.Pow(Tensor.Ones([2], Single)).DType, x.Pow(Tensor.Ones([], Double)).DType));
            Assert.Equal((Single, Double), (Tensor.Ones([2], Single).Pow(x).DType, Tensor.Ones([2], Double).Pow(x).DType));
        }
        Assert.Equal([1, 0, 1, -8, 59_049], Tensor.From([0, 0, -1, -2, 9]).Pow(Tensor.From([0, 3, 4, 3, 5])).ToArray<int>());
        Assert.Equal([4_052_555_153_018_976_267, -1L << 63], Tensor.From([3L, -2]).Pow(Tensor.From([39, 63])).ToArray<long>());
        Assert.Empty(Tensor.Zeros([0], Int32).Pow(Tensor.Zeros([0], Int32)).ToArray<int>());
        Assert.Equal([1, 2, 4], Tensor.From([2]).Pow(Tensor.From([false, true, true]).To(Int32) + Tensor.From([0, 0, 1])).ToArray<int>());
    }

    [Fact]
    public void Powers_of_integers_wrap_around_as_products_do()
    {
        int[] bases = [int.MinValue, int.MaxValue, 46_341, -3, 10];
        foreach (int exponent in new[] { 1, 2, 3, 17, 64 })
        {
            Tensor x = Tensor.From(bases), product = x;
            for (int i = 1; i < exponent; i++)
                product *= x;
            Assert.Equal(product.ToArray<int>(), x.Pow(exponent).ToArray<int>());
            Assert.Equal(Array.ConvertAll(bases, value => unchecked((long)(ulong)(BigInteger.Pow(value, exponent) & ulong.MaxValue))), x.To(Int64).Pow(exponent).ToArray<long>());
        }
    }

    private static DType Meeting(DType dtype, double number)
    {
        if (dtype is Single or Double) return dtype;
        if (!double.IsFinite(number) || number != Math.Floor(number) || Math.Abs(number) > 9e18) return Single;
        return dtype == Int64 || Math.Abs(number) > int.MaxValue ? Int64 : Int32;
    }

    private static IEnumerable<(int Row, int Column)> Pairs() =>
        from row in Enumerable.Range(0, All.Length) from column in Enumerable.Range(0, All.Length) select (row, column);

    private static void Is(DType dtype, Shape shape, double value, Tensor actual, string because)
    {
        Assert.True(actual.DType == dtype, $"{because} is {actual.DType}, not {dtype}");
        Assert.Equal(shape, actual.Shape);
        Assert.All(actual.ToArray<double>(), element => Assert.True(element.Equals(value), $"{because} is {element:R}, not {value:R}"));
    }
}
