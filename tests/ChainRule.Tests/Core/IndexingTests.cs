using ChainRule.Tests.Laws;

namespace ChainRule.Tests.Core;

public sealed class IndexingTests
{
    private static Tensor Numbered => Tensor.Arange(0, 24, 1, DType.Int32).Reshape(2, 3, 4);

    [Fact]
    public void Numbers_ranges_and_their_mixtures_choose_parts()
    {
        Tensor x = Numbered;
        (Tensor Part, long[] Shape, int[] Elements)[] cases =
        [
            (x[[]], [2, 3, 4], [.. Enumerable.Range(0, 24)]),
            (x[1], [3, 4], [.. Enumerable.Range(12, 12)]),
            (x[^1], [3, 4], [.. Enumerable.Range(12, 12)]),
            (x[^2, 1], [4], [4, 5, 6, 7]),
            (x[1, 2, 3], [], [23]),
            (x[^1, ^1, ^1], [], [23]),
            (x[0L, 0, ^4], [], [0]),
            (x[.., 0], [2, 4], [0, 1, 2, 3, 12, 13, 14, 15]),
            (x[.., .., 1], [2, 3], [1, 5, 9, 13, 17, 21]),
            (x[0, 1..], [2, 4], [4, 5, 6, 7, 8, 9, 10, 11]),
            (x[1.., 2, ..^1], [1, 3], [20, 21, 22]),
            (x[.., ^1, ^2..], [2, 2], [10, 11, 22, 23]),
            (x[..1, ..1, ..1], [1, 1, 1], [0]),
            (x[0, 1..2, 1..3], [1, 2], [5, 6]),
            (x[1..1], [0, 3, 4], []),
            (x[2..], [0, 3, 4], []),
            (x[^0..], [0, 3, 4], []),
            (x[0, 0..0], [0, 4], []),
            (x[.., 3.., 0], [2, 0], []),
        ];
        foreach ((Tensor part, long[] shape, int[] elements) in cases)
        {
            Assert.Equal(shape, part.Shape);
            Assert.Equal(elements, part.ToArray<int>());
        }
        Assert.Equal(19, cases.Length);
    }

    [Fact]
    public void A_part_of_a_part_and_of_any_view_is_found()
    {
        const int Cases = 500;
        double[] draws = Tensor.Uniform([Cases, 8], new RandomKey(1), dtype: DType.Float64).ToArray<double>();
        Tensor x = Numbered;
        (Tensor View, Func<long, long, long, int> At)[] views =
        [
            (x, (i, j, k) => (int)(12 * i + 4 * j + k)),
            (x.Permute(2, 0, 1), (k, i, j) => (int)(12 * i + 4 * j + k)),
            (x.Flip(), (i, j, k) => (int)(23 - 12 * i - 4 * j - k)),
            (x[1].Expand([5, 3, 4]), (_, j, k) => (int)(12 + 4 * j + k)),
            (x.Slice(2, 1, 2, 2), (i, j, k) => (int)(12 * i + 4 * j + 1 + 2 * k)),
        ];
        int elements = 0;
        for (int n = 0; n < Cases; n++)
        {
            (Tensor view, Func<long, long, long, int> at) = views[n % views.Length];
            double[] draw = draws[(8 * n)..(8 * n + 8)];
            (Range Range, int From, int To)[] spans = [.. Enumerable.Range(0, 3).Select(axis => Span(view.Shape[axis], draw[2 * axis], draw[2 * axis + 1]))];
            Tensor part = view[spans[0].Range, spans[1].Range, spans[2].Range];
            int[] expected = [.. from i in Between(spans[0]) from j in Between(spans[1]) from k in Between(spans[2]) select at(i, j, k)];
            Assert.Equal(spans.Select(span => (long)span.To - span.From), part.Shape);
            Assert.Equal(expected, part.ToArray<int>());
            elements += expected.Length;
        }
        Assert.InRange(elements, Cases, 24 * Cases);

        static IEnumerable<int> Between((Range Range, int From, int To) span) => Enumerable.Range(span.From, span.To - span.From);
    }

    [Fact]
    public void What_lies_outside_is_refused_with_entry_axis_and_shape()
    {
        Tensor x = Numbered;
        (Func<Tensor> Part, string Entry)[] cases =
        [
            (() => x[2], "2"), (() => x[-1], "-1"), (() => x[^3], "^3"), (() => x[^0], "^0"), (() => x[0, 3], "3"), (() => x[0, 0, 4], "4"),
            (() => x[..3], "0..3"), (() => x[3..], "3..^0"), (() => x[^3..], "^3..^0"), (() => x[0, 2..1], "2..1"), (() => x[long.MaxValue], "9223372036854775807"), (() => x[long.MinValue], "-9223372036854775808"),
        ];
        foreach ((Func<Tensor> part, string entry) in cases)
        {
            string message = Assert.Throws<ShapeException>(part).Message;
            Assert.StartsWith($"Indexing: {entry} is outside axis ", message, StringComparison.Ordinal);
            Assert.Contains("shape [2, 3, 4]", message, StringComparison.Ordinal);
        }
        Assert.Equal(12, cases.Length);
        Assert.StartsWith("Indexing: 4 entries", Assert.Throws<ShapeException>(() => x[0, 0, 0, 0]).Message, StringComparison.Ordinal);
        Assert.StartsWith("Indexing: 1 entries", Assert.Throws<ShapeException>(() => ((Tensor)1f)[0]).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => Tensor.Zeros([0])[0]);
    }

    [Fact]
    public void Setting_a_part_changes_the_memory_that_all_views_share()
    {
        Tensor x = Tensor.Zeros([2, 3], DType.Int32), row = x[1], flat = x.Reshape(6), across = x.T, copy = x.Clone();
        x[1] = 5;
        x[0, ^1] = 7;
        Assert.Equal(new[,] { { 0, 0, 7 }, { 5, 5, 5 } }, x.ToArray());
        Assert.Equal([5, 5, 5], row.ToArray<int>());
        Assert.Equal([0, 0, 7, 5, 5, 5], flat.ToArray<int>());
        Assert.Equal([0, 5, 0, 5, 7, 5], across.ToArray<int>());
        Assert.Equal(new int[6], copy.ToArray<int>());
        row[0] = 9;
        Assert.Equal(9, x[1, 0].Item<int>());
    }

    [Fact]
    public void What_is_set_is_broadcast_and_converted()
    {
        Tensor x = Tensor.Zeros([2, 3], DType.Int32);
        x[..] = new[] { 1.9f, -2.9f, float.NaN };
        Assert.Equal(new[,] { { 1, -2, 0 }, { 1, -2, 0 } }, x.ToArray());
        x[.., 1..] = new[,] { { 3.0 }, { 4.0 } };
        Assert.Equal(new[,] { { 1, 3, 3 }, { 1, 4, 4 } }, x.ToArray());
        x[.., 1..1] = 100;
        x[[]] = x + x;
        Assert.Equal(new[,] { { 2, 6, 6 }, { 2, 8, 8 } }, x.ToArray());
    }

    [Fact]
    public void What_does_not_fit_is_not_set()
    {
        Tensor x = Tensor.Zeros([2, 3]);
        Assert.Contains("[2]", Assert.Throws<ShapeException>(() => x[0] = new[] { 1f, 2f }).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => x[0] = new[,] { { 1f, 2f, 3f } });
        Assert.Throws<ShapeException>(() => x[0, 0] = new[] { 1f });
        Assert.Throws<ArgumentNullException>(() => x[0] = null!);
        Assert.Equal(new float[6], x.ToArray<float>());
        Assert.Equal(0, x.Version);
    }

    [Fact]
    public void A_value_that_a_gradient_needs_may_not_be_set()
    {
        Tensor x = Tensor.From([1f, 2f, 3f]).RequiresGrad();
        Tensor loss = x.Square().Sum();
        Assert.Throws<InPlaceException>(() => x[0] = 5);
        int before = x.Version;
        using (new NoGrad())
            x[0] = 5;
        Assert.Equal(before + 1, x.Version);
        Assert.Contains("Square", Assert.Throws<InPlaceException>(() => loss.Backward()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_of_positions_takes_slices_in_its_order()
    {
        Tensor x = Tensor.Arange(0, 6).Reshape(3, 2);
        Assert.Equal(new[,] { { 4f, 5f }, { 0f, 1f }, { 4f, 5f } }, x[Tensor.From([2, 0, -1])].ToArray());
        Tensor column = x[Tensor.From(new[,] { { 1L }, { -3L } })];
        Assert.Equal([2, 1, 2], column.Shape);
        Assert.Equal([2f, 3f, 0f, 1f], column.ToArray<float>());
        Assert.Equal(new[] { 2f, 3f }, x[(Tensor)1].ToArray());
        Assert.Equal([0, 2], x[Tensor.Zeros([0], DType.Int32)].Shape);
        Assert.Equal([0, 2], Tensor.Zeros([0, 2])[Tensor.Zeros([0], DType.Int64)].Shape);
        Assert.Equal(new[,] { { 1f, 3f, 5f } }, x.T[Tensor.From([1])].ToArray());
    }

    [Fact]
    public void Positions_outside_and_of_other_types_are_refused()
    {
        Tensor x = Tensor.Arange(0, 6).Reshape(3, 2);
        Assert.Contains("position 3, number 1", Assert.Throws<ShapeException>(() => x[Tensor.From([0, 3])]).Message, StringComparison.Ordinal);
        Assert.Contains("position -4", Assert.Throws<ShapeException>(() => x[Tensor.From([-4L])]).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => x[Tensor.From([long.MinValue, long.MaxValue])]);
        Assert.Throws<ShapeException>(() => Tensor.Zeros([0, 2])[Tensor.From([0])]);
        Assert.Throws<ShapeException>(() => ((Tensor)1f)[Tensor.From([0])]);
        Assert.Contains("float32", Assert.Throws<DTypeException>(() => x[Tensor.From([0f])]).Message, StringComparison.Ordinal);
        Assert.Contains("bool", Assert.Throws<DTypeException>(() => x[Tensor.From([true, false, true])]).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => x[(Tensor)null!]);
    }

    [Fact]
    public void Going_through_a_tensor_gives_its_slices_as_views()
    {
        Tensor x = Tensor.Arange(0, 6).Reshape(3, 2);
        foreach (Tensor row in x)
            row.Fill(row[1].Item<double>());
        Assert.Equal(new[,] { { 1f, 1f }, { 3f, 3f }, { 5f, 5f } }, x.ToArray());
        Assert.Equal([1, 3, 5], Tensor.From([1f, 3f, 5f]).Select(slice => slice.Item<float>()));
        Assert.Empty(Tensor.Zeros([0, 2]));
        Assert.Equal(2, Tensor.Zeros([2, 0]).Count());
        Assert.Throws<ShapeException>(() => ((Tensor)1f).Count());
    }

    [Fact]
    public void An_entry_is_equal_by_value_and_says_what_it_is()
    {
        At one = 1, last = ^1, range = 1..^2;
        Assert.Equal(["1", "^1", "1..^2"], new[] { one, last, range }.Select(at => at.ToString()));
        Assert.True(one == 1L && last == ^1 && range == 1..^2 && one.GetHashCode() == ((At)1).GetHashCode());
        Assert.True(one != last && one != (At)(1..2) && last != range && !one.Equals("1"));
    }

    [Fact]
    public void The_gradient_of_a_part_is_put_back_where_it_came_from()
    {
        Tensor x = Tensor.Zeros([2, 3]).RequiresGrad();
        (x[1, ..2] * Tensor.From([3f, 4f])).Sum().Backward();
        Compare.SameBits(new[,] { { 0f, 0f, 0f }, { 3f, 4f, 0f } }, x.Grad!, "part");
    }

    private static (Range Range, int From, int To) Span(long size, double first, double second)
    {
        int a = (int)(first * (size + 1)), b = (int)(second * (size + 1)), length = (int)size;
        (int from, int to) = a < b ? (a, b) : (b, a);
        return ((a % 2 == 0 ? (Index)from : ^(length - from))..(b % 2 == 0 ? (Index)to : ^(length - to)), from, to);
    }
}
