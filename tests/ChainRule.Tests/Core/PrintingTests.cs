using System.Globalization;

namespace ChainRule.Tests.Core;

/// <summary>Texts as NumPy lays them out with its defaults, but whole floats without a point.</summary>
public sealed class PrintingTests
{
    [Fact]
    public void Whole_floats_have_no_point() => Prints("[28]", Tensor.From([28f]));

    [Fact]
    public void A_fraction_puts_the_points_of_all_in_one_column() => Prints("[1.   0.25 3.  ]", Tensor.From([1f, 0.25f, 3f]));

    [Fact]
    public void Columns_are_aligned_and_signs_take_part() =>
        Prints("[[  1.    -2.5 ]\n [-10.25   4.  ]]", Tensor.From(new[,] { { 1.0, -2.5 }, { -10.25, 4.0 } }));

    [Fact]
    public void Integers() => Prints("[[  1   2]\n [ -3 400]]", Tensor.From(new[,] { { 1, 2 }, { -3, 400 } }));

    [Fact]
    public void Truth_values() => Prints("[ True False]", Tensor.From([true, false]));

    [Theory]
    [InlineData(0.1f, "0.1")]
    [InlineData(-3f, "-3")]
    [InlineData(1e-5f, "1e-05")]
    [InlineData(1.5e20f, "1.5e+20")]
    [InlineData(float.NaN, "nan")]
    [InlineData(float.NegativeInfinity, "-inf")]
    [InlineData(-0f, "-0")]
    [InlineData(16777216f, "16777216")]
    public void A_single_number_stands_alone(float value, string expected) => Prints(expected, value);

    [Fact]
    public void Digits_are_the_fewest_that_give_the_number_back()
    {
        Prints("1e+23", 1e23);
        Prints("5e-324", double.Epsilon);
        Prints("1e-45", float.Epsilon);
        Prints("[0.1 0.2]", Tensor.From([0.1f, 0.2f]));
        Prints("0.3", 0.1 + 0.2);
        Assert.Equal("0.30000000000000004", ((Tensor)(0.1 + 0.2)).ToString(precision: 17));
    }

    [Fact]
    public void A_wide_range_with_fractions_is_scientific()
    {
        Prints("[1.0005e+03 5.0000e-01]", Tensor.From([1000.5, 0.5]));
        Prints("[1.0e-05 2.5e+00]", Tensor.From([1e-5, 2.5]));
        Prints("[1.5e-10 0.0e+00]", Tensor.From([1.5e-10, 0]));
        Prints("[1e+08 2e+00]", Tensor.From([1e8, 2]));
        Prints("[1.0e+000 2.5e-120]", Tensor.From([1, 2.5e-120]));
        Prints("[ 1.5e-07 -2.0e+00]", Tensor.From([1.5e-7, -2]));
    }

    [Fact]
    public void A_wide_range_of_whole_numbers_is_not() => Prints("[    1 50000]", Tensor.From([1f, 50000f]));

    [Fact]
    public void Precision_rounds_to_nearest()
    {
        Prints("[0.33333333 0.66666667]", Tensor.From([1.0 / 3, 2.0 / 3]));
        Assert.Equal("[0.333 0.667]", Tensor.From([1.0 / 3, 2.0 / 3]).ToString(precision: 3));
        Assert.Equal("[0 1]", Tensor.From([0.3, 0.9]).ToString(precision: 0));
        Assert.Equal("[1.23e-05 1.00e+00]", Tensor.From([1.2345e-5, 1]).ToString(precision: 2));
    }

    [Fact]
    public void Not_a_number_and_infinities_stand_in_the_columns()
    {
        Prints("[ nan  inf -inf  1.5]", Tensor.From([double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1.5]));
        Prints("[nan   1]", Tensor.From([float.NaN, 1]));
        Prints("[-0.   0.5]", Tensor.From([-0.0, 0.5]));
    }

    [Fact]
    public void Nothing()
    {
        Prints("[]", Tensor.Zeros([0]));
        Prints("[] of shape [2, 0]", Tensor.Zeros([2, 0]));
    }

    [Fact]
    public void A_blank_line_stands_between_matrices() =>
        Prints("[[[0 1]\n  [2 3]]\n\n [[4 5]\n  [6 7]]]", Tensor.Arange(0, 8).Reshape(2, 2, 2));

    [Fact]
    public void The_middle_of_a_long_vector_is_left_out() =>
        Prints("[   0    1    2 ... 1998 1999 2000]", Tensor.Arange(0, 2001));

    [Fact]
    public void Up_to_a_thousand_elements_are_all_shown() =>
        Assert.DoesNotContain("...", Tensor.Zeros([1000]).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Only_long_axes_are_shortened() =>
        Prints("[[   0    1]\n [   2    3]\n [   4    5]\n ...\n [1996 1997]\n [1998 1999]\n [2000 2001]]", Tensor.Arange(0, 2002).Reshape(-1, 2));

    [Fact]
    public void Both_axes_of_a_large_matrix_are_shortened() =>
        Assert.Equal("[[   0 ...   99]\n ...\n [9900 ... 9999]]", Tensor.Arange(0, 10_000).Reshape(100, 100).ToString(precision: 8, edgeItems: 1));

    [Fact]
    public void The_format_is_chosen_for_what_is_shown() =>
        Prints("[0 0 0 ... 0 0 0]", Tensor.Concat([Tensor.Zeros([3]), Tensor.Full([2000], 0.123), Tensor.Zeros([3])]));

    [Fact]
    public void Long_rows_are_broken_before_column_75()
    {
        Prints(
            "[ 0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18 19 20 21 22 23\n 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39]",
            Tensor.Arange(0, 40));
        Assert.Equal("[[0 1\n  2 3]\n [4 5\n  6 7]]", Tensor.Arange(0, 8).Reshape(2, 4).ToString(precision: 8, lineWidth: 7));
        Assert.Equal("[1234\n 5678]", Tensor.From([1234, 5678]).ToString(precision: 8, lineWidth: 0));
    }

    [Fact]
    public void A_view_shows_its_elements()
    {
        Tensor x = Tensor.Arange(0, 6).Reshape(2, 3);
        Prints("[[0 3]\n [1 4]\n [2 5]]", x.T);
        Prints("[5 4 3]", x[1].Flip());
        Prints("[[7 7]\n [7 7]]", ((Tensor)7).Expand([2, 2]));
    }

    [Fact]
    public void The_language_of_the_machine_plays_no_part()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (other.NumberFormat.NumberDecimalSeparator, other.NumberFormat.NegativeSign) = (",", "~");
        CultureInfo.CurrentCulture = other;
        try
        {
            Prints("[-1.5 -3. ]", Tensor.From([-1.5, -3]));
            Prints("[-1 -3]", Tensor.From([-1, -3]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Printing_is_not_recorded()
    {
        Tensor x = Tensor.From([1f, 2f]).RequiresGrad();
        Assert.Empty(Laws.Application.During(() => Assert.Equal("[1 2]", x.ToString())));
    }

    [Fact]
    public void Impossible_options_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Zeros([2]).ToString(precision: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Zeros([2]).ToString(precision: 8, edgeItems: 0));
    }

    private static void Prints(string expected, Tensor x) => Assert.Equal(expected, x.ToString());
}
