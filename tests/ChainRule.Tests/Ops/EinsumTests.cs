namespace ChainRule.Tests.Ops;

/// <summary>Einsum against a loop over all labels, and what it refuses.</summary>
public sealed class EinsumTests
{
    public static TheoryData<string> Equations =>
    [
        "i->i", "i->", "i", "ij->ij", "ij->ji", "ij->i", "ij->j", "ij->", "ij", "ba", "ii->i", "ii->", "ii", "iij->j", "iij->ij", "iji->ij", "iii->i", "iiii->",
        "i,i->i", "i,i->", "i,i", "i,j->ij", "i,j->ji", "i,j->", "i,j->i", "ij,jk->ik", "ij,jk->ki", "ij,jk", "ij,kj->ik", "ji,jk->ik", "ij,ij->", "ij,ij->ij",
        "ij,ji->", "ij,j->i", "ij,i->j", "ii,i->i", "ii,jj->ij", "ii,ij->j", "bij,bjk->bik", "bij,bjk->ik", "bij,jk->bik", "bhqd,bhkd->bhqk", "ijk,k->ij", "ijk,jil->kl",
        "ijkl,lk->ij", "i,ij,j->", "i,j,k->ijk", "ij,jk,kl->il", "ij,jk,kl,lm->im", "ij,ij,ij->ij", "abc,bd,ce->ade", "a,a,a->a", "a,ab,abc->c", "ab,cd,ef->", ",i->i", ",->", "i,->",
        "zA,Aj->zj", "Aa", "aA", " i j , j k -> i k ",
    ];

    public static TheoryData<string, int[], int[], int[]> Ellipses => new()
    {
        // the equation, two shapes, and the shape of the same with letters for the ellipsis
        { "...ij,...jk->...ik", [2, 3, 2, 4], [2, 3, 4, 3], [2, 3, 2, 3] },
        { "...ij,...jk->...ik", [3, 2, 4], [2, 3, 4, 3], [2, 3, 2, 3] },
        { "...ij,...jk->...ik", [2, 4], [3, 4, 3], [3, 2, 3] },
        { "...ij,...jk->...ik", [2, 1, 2, 4], [3, 4, 3], [2, 3, 2, 3] },
        { "...ij,...jk", [2, 1, 2, 4], [3, 4, 3], [2, 3, 2, 3] },
        { "i...,i...->...", [2, 3], [2, 3], [3] },
        { "i...,i...->...", [2], [2], [] },
        { "i...,...->...i", [2, 3], [3], [3, 2] },
        { "...,...", [2, 3], [3], [2, 3] },
        { "...i,i->", [2, 3, 4], [4], [] },
    };

    [Theory, MemberData(nameof(Equations))]
    public void The_value_is_that_of_a_loop_over_all_labels(string equation)
    {
        for (int seed = 0; seed < 4; seed++)
        {
            (string[] operands, string result) = Written(equation);
            var sizes = new Dictionary<char, long>();
            foreach (char label in string.Concat(operands))
                sizes.TryAdd(label, seed == 3 ? sizes.Count % 2 : 1 + (sizes.Count * 7 + seed) % 4);
            Agree(equation, operands, result, sizes, new RandomKey(seed));
        }
    }

    [Fact]
    public void Random_equations_give_what_a_loop_over_all_labels_gives()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            long[] draws = Tensor.Uniform([64], new RandomKey(seed), 0, 1000).ToArray<long>();
            int next = 0;
            int Draw(int below) => (int)(draws[next++] % below);
            string[] operands = [.. Enumerable.Range(0, 1 + Draw(4)).Select(_ => string.Concat(Enumerable.Range(0, Draw(4)).Select(_ => (char)('a' + Draw(5)))))];
            string result = string.Concat(string.Concat(operands).Distinct().Where(_ => Draw(2) == 0));
            Dictionary<char, long> sizes = "abcde".ToDictionary(label => label, _ => (long)(1 + Draw(3)));
            Agree($"{string.Join(",", operands)}->{result}", operands, result, sizes, new RandomKey(seed + 100));
        }
    }

    [Theory, MemberData(nameof(Ellipses))]
    public void An_ellipsis_stands_for_axes_that_broadcast(string equation, int[] left, int[] right, int[] result)
    {
        Tensor a = Tensor.Uniform(left, new RandomKey(1), dtype: DType.Float64), b = Tensor.Uniform(right, new RandomKey(2), dtype: DType.Float64);
        Tensor actual = Tensor.Einsum(equation, a, b);
        Assert.Equal((Shape)result, actual.Shape);
        Tensor expected = equation switch
        {
            "i...,i...->..." => (a * b).Sum(0),
            "i...,...->...i" => (a * b).T,
            "...,..." => a * b,
            "...i,i->" => a.MatMul(b).Sum(),
            _ => a.MatMul(b),
        };
        Near(expected, actual, equation);
    }

    [Fact]
    public void An_axis_of_size_1_broadcasts()
    {
        Tensor a = Tensor.Uniform([3, 1], new RandomKey(1)), b = Tensor.Uniform([4, 2], new RandomKey(2));
        Near(a * b.Sum(0), Tensor.Einsum("ij,jk->ik", a, b), "ij,jk->ik");
    }

    [Fact]
    public void Integers_become_float32_and_types_meet()
    {
        Assert.Equal(DType.Float32, Tensor.Einsum("i,i", Tensor.Arange(0, 3, 1, DType.Int64), Tensor.Arange(0, 3, 1, DType.Int32)).DType);
        Assert.Equal(5, Tensor.Einsum("i,i", Tensor.Arange(0, 3, 1, DType.Int64), Tensor.Arange(0, 3, 1, DType.Float64)).Item<double>());
    }

    [Theory]
    [InlineData("i?->i", "'?' at position 1")]
    [InlineData("i1->i", "'1' at position 1")]
    [InlineData("i-j", "'-' at position 1")]
    [InlineData("i>j", "'>' at position 1")]
    [InlineData("i->i->i", "'-' at position 4")]
    [InlineData("i->ii", "'i' at position 4")]
    [InlineData("i->j", "'j' at position 3")]
    [InlineData("i->i,", "',' at position 4")]
    [InlineData("i..->i", "'.' at position 1")]
    [InlineData(".i->i", "'.' at position 0")]
    [InlineData("i->..", "'.' at position 3")]
    [InlineData("......->i", "'.' at position 3")]
    [InlineData("é->i", "'é' at position 0")]
    [InlineData("i\t->i", "at position 1")]
    [InlineData("i,j->ij", "names 2 operands, but 1 are given")]
    [InlineData("i,->i", "names 2 operands, but 1 are given")]
    public void An_equation_that_is_none_is_refused_and_the_place_named(string equation, string place)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Tensor.Einsum(equation, Tensor.Ones([2])));
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ij->i", "operand 0 of shape [2] has 1 axes")]
    [InlineData("->", "operand 0 of shape [2] has 1 axes")]
    [InlineData("ij...->i", "beside the ellipsis")]
    public void Labels_and_axes_must_be_as_many(string equation, string says)
    {
        ShapeException error = Assert.Throws<ShapeException>(() => Tensor.Einsum(equation, Tensor.Ones([2])));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_of_one_label_must_be_equal()
    {
        Assert.Throws<ShapeException>(() => Tensor.Einsum("ij,jk", Tensor.Ones([2, 3]), Tensor.Ones([4, 2])));
        Assert.Throws<ShapeException>(() => Tensor.Einsum("ii", Tensor.Ones([2, 3])));
        Assert.Throws<ShapeException>(() => Tensor.Einsum("ii", Tensor.Ones([1, 3])));
        Assert.Throws<ShapeException>(() => Tensor.Einsum("...i,...i", Tensor.Ones([2, 3]), Tensor.Ones([4, 3])));
        Assert.Throws<ArgumentException>(() => Tensor.Einsum("i"));
        Assert.Throws<ArgumentNullException>(() => Tensor.Einsum(null!, Tensor.Ones([1])));
    }

    private static void Agree(string equation, string[] operands, string result, Dictionary<char, long> sizes, RandomKey key)
    {
        Tensor[] x = [.. operands.Select((labels, i) => Tensor.Uniform(Shape.Create([.. labels.Select(label => sizes[label])]), key.Child(i), -1, 1, DType.Float64))];
        char[] all = [.. string.Concat(operands).Distinct()];
        double[][] values = Array.ConvertAll(x, operand => operand.ToArray<double>());
        var expected = new double[result.Aggregate(1L, (count, label) => count * sizes[label])];
        long places = all.Aggregate(1L, (count, label) => count * sizes[label]);
        for (long place = 0; place < places; place++)
        {
            var index = new Dictionary<char, long>();
            long rest = place;
            foreach (char label in all)
                (rest, index[label]) = Math.DivRem(rest, sizes[label]);
            long At(string labels) => labels.Aggregate(0L, (at, label) => at * sizes[label] + index[label]);
            expected[At(result)] += operands.Select((labels, i) => values[i][At(labels)]).Aggregate(1.0, (a, b) => a * b);
        }
        Near(Tensor.From(expected, Shape.Create([.. result.Select(label => sizes[label])])), Tensor.Einsum(equation, x), equation);
    }

    // The operands' labels and the result's, worked out where there is no arrow.
    private static (string[] Operands, string Result) Written(string equation)
    {
        string[] sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        string all = sides[0].Replace(",", "", StringComparison.Ordinal);
        string result = sides.Length == 2 ? sides[1] : string.Concat(all.Where(label => all.Count(other => other == label) == 1).Order());
        return (sides[0].Split(','), result);
    }

    private static void Near(Tensor expected, Tensor actual, string because)
    {
        Assert.True(expected.Shape == actual.Shape, $"{because}: {actual.Shape}, not {expected.Shape}");
        double[] left = expected.ToArray<double>(), right = actual.ToArray<double>();
        double tolerance = actual.DType == DType.Float64 ? 1e-13 : 1e-5;
        for (int i = 0; i < left.Length; i++)
            Assert.True(Math.Abs(left[i] - right[i]) <= tolerance, $"{because}: element {i} is {right[i]:R}, not {left[i]:R}");
    }
}
