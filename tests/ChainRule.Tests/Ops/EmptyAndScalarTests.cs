using ChainRule.Autograd;

namespace ChainRule.Tests.Ops;

/// <summary>What operations give for no elements, and for a single number without axes.</summary>
public sealed class EmptyAndScalarTests
{
    private const double Infinity = double.PositiveInfinity, NaN = double.NaN;

    private static readonly (string Name, Func<Tensor, Axes?, bool, Tensor> Reduce, double OfNothing)[] Reductions =
    [
        ("Sum", (x, axes, keep) => x.Sum(axes, keep), 0),
        ("Mean", (x, axes, keep) => x.Mean(axes, keep), NaN),
        ("Var", (x, axes, keep) => x.Var(axes, 1, keep), NaN),
        ("biased Var", (x, axes, keep) => x.Var(axes, 0, keep), NaN),
        ("Std", (x, axes, keep) => x.Std(axes, 1, keep), NaN),
        ("LogSumExp", (x, axes, keep) => x.LogSumExp(axes, keep), -Infinity),
    ];

    [Fact]
    public void A_reduction_of_nothing_has_a_value_and_an_empty_gradient()
    {
        int checks = 0;
        foreach (var (name, reduce, ofNothing) in Reductions)
        {
            (Shape Shape, Axes? Axes, bool Keep, Shape Result)[] cases =
                [([0], null, false, []), ([0], 0, true, [1]), ([2, 0], null, true, [1, 1]), ([2, 0], 1, false, [2]), ([2, 0], 1, true, [2, 1]), ([2, 0], 0, false, [0]), ([0, 3], 0, false, [3]), ([0, 3, 0], 1, true, [0, 1, 0])];
            foreach ((Shape shape, Axes? axes, bool keep, Shape result) in cases)
            {
                Tensor x = Tensor.Zeros(shape).RequiresGrad();
                Tensor y = reduce(x, axes, keep);
                Assert.True(y.Shape == result, $"{name} of {shape} over {axes} has shape {y.Shape}, not {result}");
                Assert.Equal(Enumerable.Repeat(ofNothing, (int)result.ElementCount), y.ToArray<double>());
                Assert.Equal(shape, Gradient(y, x).Shape);
                checks++;
            }
        }
        Assert.Equal(6 * 8, checks);
    }

    [Fact]
    public void An_extremum_of_nothing_is_refused_unless_nothing_is_asked_for()
    {
        Func<Tensor, Axes?, Tensor>[] extrema = [(x, axes) => x.Max(axes), (x, axes) => x.Min(axes)];
        foreach (Func<Tensor, Axes?, Tensor> extremum in extrema)
        {
            Assert.Throws<ShapeException>(() => extremum(Tensor.Zeros([0]), null));
            Assert.Throws<ShapeException>(() => extremum(Tensor.Zeros([2, 0]), 1));
            Tensor x = Tensor.Zeros([2, 0]).RequiresGrad();
            Tensor y = extremum(x, 0);
            Assert.Equal([0], y.Shape);
            Assert.Equal([2, 0], Gradient(y, x).Shape);
        }
        Assert.Throws<ShapeException>(() => Tensor.Zeros([0]).ArgMax());
        Assert.Throws<ShapeException>(() => Tensor.Zeros([2, 0]).ArgMin(1));
        Assert.Equal([0], Tensor.Zeros([2, 0]).ArgMax(0).Shape);
    }

    [Fact]
    public void A_product_over_nothing_is_zero_and_its_gradients_are_those_of_zeros()
    {
        (Shape Left, Shape Right, Shape Result)[] cases =
            [([2, 0], [0, 3], [2, 3]), ([0, 2], [2, 3], [0, 3]), ([2, 3], [3, 0], [2, 0]), ([0], [0], []), ([0], [0, 2], [2]), ([2, 0], [0], [2]), ([4, 2, 0], [0, 3], [4, 2, 3]), ([0, 2, 3], [3, 2], [0, 2, 2]), ([1, 2, 0], [5, 0, 3], [5, 2, 3])];
        foreach ((Shape left, Shape right, Shape result) in cases)
        {
            Tensor a = Tensor.Ones(left).RequiresGrad(), b = Tensor.Ones(right).RequiresGrad();
            Tensor y = a.MatMul(b);
            Assert.Equal(result, y.Shape);
            Assert.Equal(new float[result.ElementCount], y.ToArray<float>());
            Tensor[] gradients = Differentiate.Gradients(y, [a, b], Tensor.Ones(y.Shape));
            Assert.Equal([left, right], gradients.Select(gradient => gradient.Shape));
            Assert.Equal(new double[left.ElementCount + right.ElementCount], gradients.SelectMany(gradient => gradient.ToArray<double>()));
        }
        Assert.Equal(9, cases.Length);
    }

    [Fact]
    public void Every_reduction_of_a_single_number_works_and_has_a_gradient_without_axes()
    {
        (string Name, Func<Tensor, Tensor> Reduce, double Value, double Slope)[] cases =
        [
            ("Sum", x => x.Sum(), 3, 1), ("Mean", x => x.Mean(), 3, 1), ("Max", x => x.Max(), 3, 1), ("Min", x => x.Min(), 3, 1), ("LogSumExp", x => x.LogSumExp(), 3, 1),
            ("Var", x => x.Var(), NaN, NaN), ("biased Var", x => x.Var(correction: 0), 0, 0), ("Std", x => x.Std(), NaN, NaN), ("biased Std", x => x.Std(correction: 0), 0, 0),
            ("kept Sum", x => x.Sum(keepDims: true), 3, 1), ("Sum over no axes", x => x.Sum([]), 3, 1), ("Mean over no axes", x => x.Mean([]), 3, 1),
            ("Softmax", x => x.Softmax(), 1, 0), ("LogSoftmax", x => x.LogSoftmax(0), 0, 0),
            ("T", x => x.T, 3, 1), ("Flip", x => x.Flip(), 3, 1), ("Permute", x => x.Permute(), 3, 1), ("Squeeze", x => x.Squeeze(), 3, 1), ("Clone", x => x.Clone(), 3, 1), ("Index", x => x[[]], 3, 1),
            ("Unsqueeze", x => x.Unsqueeze(0)[0], 3, 1), ("Flatten", x => x.Flatten().Sum(), 3, 1), ("Expand", x => x.Expand([4]).Sum(), 12, 4), ("Broadcast", x => (x * Tensor.Ones([2, 3], x.DType)).Sum(), 18, 6),
        ];
        foreach ((string name, Func<Tensor, Tensor> reduce, double value, double slope) in cases)
        {
            Tensor x = ((Tensor)3.0).RequiresGrad();
            Tensor y = reduce(x), gradient = Gradient(y, x);
            Assert.True(y.Rank == 0 && gradient.Rank == 0, $"{name} has shape {y.Shape} and a gradient of shape {gradient.Shape}");
            Assert.True(value.Equals(y.Item<double>()) && slope.Equals(gradient.Item<double>()), $"{name} is {y}, not {value}, or its slope {gradient}, not {slope}");
        }
        Assert.Equal(24, cases.Length);
        Assert.Equal((0, 0), (((Tensor)3.0).ArgMax().Item<long>(), ((Tensor)3.0).ArgMin().Item<long>()));
    }

    [Fact]
    public void No_axes_named_in_brackets_reduce_nothing()
    {
        Tensor x = Tensor.From([1.0, 2, 4]);
        Assert.Equal([1, 2, 4], x.Sum([]).ToArray<double>());
        Assert.Equal([1, 2, 4], x.Max([]).ToArray<double>());
        Assert.Equal([1, 2, 4], x.LogSumExp([]).ToArray<double>());
        Assert.Equal([0, 0, 0], x.Var([], correction: 0).ToArray<double>());
        Assert.Equal(7, x.Sum().Item<double>());
    }

    [Fact]
    public void Parts_of_nothing_are_nothing_and_joining_them_adds_nothing()
    {
        Tensor nothing = Tensor.Zeros([0, 3]).RequiresGrad(), some = Tensor.Ones([2, 3]).RequiresGrad();
        Tensor joined = Tensor.Concat([nothing, some, nothing]);
        Assert.Equal([2, 3], joined.Shape);
        Tensor[] gradients = Differentiate.Gradients(joined * 2, [nothing, some], Tensor.Ones([2, 3]));
        Assert.Equal([0, 3], gradients[0].Shape);
        Assert.Equal([2, 2, 2, 2, 2, 2], gradients[1].ToArray<float>());
        Assert.Empty(nothing.Split(1));
        Assert.Equal([[0, 0], [0, 3]], new[] { nothing.Split([0, 3], 1)[0].Shape, nothing.Split([0, 3], 1)[1].Shape });
        Assert.Equal([2, 3], nothing.Pad(0, 1, 1).Shape);
        Assert.Equal([0, 3], nothing.Softmax(0).Shape);
    }

    [Fact]
    public void Variances_are_those_of_the_definition()
    {
        // Of 1, 2, 4, 9: mean 4, squares of distances 9 + 4 + 0 + 25 = 38.
        Tensor x = Tensor.From([1.0, 2, 4, 9]);
        Assert.Equal(38 / 3.0, x.Var().Item<double>(), 1e-14);
        Assert.Equal(9.5, x.Var(correction: 0).Item<double>(), 1e-14);
        Assert.Equal(19, x.Var(correction: 2).Item<double>(), 1e-14);
        Assert.Equal(Math.Sqrt(9.5), x.Std(correction: 0).Item<double>(), 1e-14);
        Assert.Equal(Infinity, x.Var(correction: 4).Item<double>());
        // An offset of a million does not leak, even in float32.
        Assert.Equal(38 / 3f, (x.To(DType.Float32) + 1e6).Var().Item<float>(), 1e-5f);
        Assert.Equal([2, 12.5], Tensor.From(new[,] { { 1.0, 3 }, { 2, 7 } }).Var(1).ToArray<double>());
    }

    private static Tensor Gradient(Tensor y, Tensor x) => Differentiate.Gradients(y, [x], Tensor.Ones(y.Shape, y.DType))[0];
}
