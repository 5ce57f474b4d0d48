using ChainRule.Nn;

namespace ChainRule.Tests.Nn;

public sealed class ModuleTests
{
    [Fact]
    public void Train_and_Eval_reach_all_modules_at_any_depth()
    {
        var dropouts = new[] { new Dropout(), new Dropout(), new Dropout(), new Dropout() };
        var model = new Sequential(new Linear(2, 2), dropouts[0], new Sequential(dropouts[1], new Branches(dropouts[2], dropouts[3])));
        Assert.All(dropouts, dropout => Assert.True(dropout.IsTraining));
        model.Eval();
        Assert.All(dropouts, dropout => Assert.False(dropout.IsTraining));
        Assert.False(model.IsTraining || model[2].IsTraining);
        model.Train();
        Assert.All(dropouts, dropout => Assert.True(dropout.IsTraining));
        Assert.True(model.IsTraining && model[2].IsTraining);
    }

    [Fact]
    public void ZeroGrad_forgets_the_gradients_of_all_parameters()
    {
        var model = new Sequential(new Linear(2, 3), new Sequential(new Linear(3, 1)));
        model.Forward(Tensor.Ones([4, 2])).Sum().Backward();
        Assert.All(model.Parameters(), parameter => Assert.NotNull(parameter.Grad));
        model.ZeroGrad();
        Assert.All(model.Parameters(), parameter => Assert.Null(parameter.Grad));
    }

    [Fact]
    public void Parameters_are_counted_element_by_element() =>
        Assert.Equal(64 * 32 + 32 + 32 * 10, new Sequential(new Linear(64, 32), new Relu(), new Linear(32, 10, bias: false)).ParameterCount);

    [Fact]
    public void Children_are_the_modules_directly_inside()
    {
        var branches = new Branches(new Relu(), new Sequential(new Linear(1, 1)));
        Assert.Equal(["0", "1"], new Sequential(new Tanh(), branches).Children.Select(child => child.Name));
        (string Name, Module Module)[] inside = [.. branches.Children];
        Assert.Equal(["branches.left", "branches.right"], inside.Select(child => child.Name));
        Assert.IsType<Sequential>(inside[1].Module);
        Assert.Empty(new Linear(1, 1).Children);
    }

    [Fact]
    public void Conversion_makes_new_leaves_of_the_same_values()
    {
        var model = new Sequential(new Linear(2, 3), new Linear(3, 1));
        Tensor[] before = [.. model.Parameters()];
        model.Forward(Tensor.Ones([1, 2])).Sum().Backward();
        model.To(DType.Float64);
        IReadOnlyList<Tensor> after = model.Parameters();
        Assert.Equal(4, after.Count);
        foreach ((Tensor old, Tensor converted) in before.Zip(after))
        {
            Assert.NotSame(old, converted);
            Assert.True(converted is { DType: DType.Float64, IsLeaf: true, Grad: null });
            Assert.Equal(old.ToArray<double>(), converted.ToArray<double>());
        }
        Assert.Equal(DType.Float64, model.Forward(Tensor.Ones([1, 2], DType.Float64)).DType);
        model.To(DType.Float64);
        Assert.All(after.Zip(model.Parameters()), pair => Assert.Same(pair.First, pair.Second));
    }

    [Fact]
    public void Conversion_to_integers_is_refused() =>
        Assert.Contains("int64", Assert.Throws<DTypeException>(() => new Linear(1, 1).To(DType.Int64)).Message, StringComparison.Ordinal);

    [Fact]
    public void Conversion_of_a_plain_tensor_is_refused_before_anything_has_changed()
    {
        var model = new WithPlainTensor();
        Assert.Contains("\"offset\" is a plain tensor of float32", Assert.Throws<DTypeException>(() => model.To(DType.Float64)).Message, StringComparison.Ordinal);
        Assert.Equal(DType.Float32, model.Layer.Weight.Value.DType);
        model.To(DType.Float32);
    }

    [Fact]
    public void A_parameter_starts_with_a_copy_of_its_values()
    {
        Tensor values = new float[] { 1, 2 };
        var parameter = new Parameter(values);
        values.Fill(7);
        Assert.Equal([1f, 2], parameter.Value.ToArray<float>());
        Assert.True(parameter.Value.IsLeaf);
        // Values that were computed from others make a leaf all the same, without the history.
        Assert.True(new Parameter(parameter.Value * 2).Value.IsLeaf);
        Assert.Throws<DTypeException>(() => new Parameter(Tensor.From<long>([1])));
        Assert.Throws<ArgumentNullException>(() => new Parameter(null!));
    }

    [Fact]
    public void A_parameter_stands_where_a_tensor_is_asked_for()
    {
        var parameter = new Parameter(Tensor.Full([2], 3));
        Tensor tensor = parameter;
        Assert.Same(parameter.Value, tensor);
        Assert.Null((Tensor?)(Parameter?)null);
        (tensor * 2).Sum().Backward();
        Assert.Equal([2f, 2], parameter.Grad!.ToArray<float>());
        parameter.Grad = null;
        Assert.Null(tensor.Grad);
    }

    private sealed class Branches(Module left, Module right) : Module
    {
        private readonly Dictionary<string, Module> _branches = new() { ["left"] = left, ["right"] = right };

        public override Tensor Forward(Tensor x) => _branches["left"].Forward(x) + _branches["right"].Forward(x);
    }

    private sealed class WithPlainTensor : Module
    {
        private readonly Tensor _offset = Tensor.Zeros([1]).RequiresGrad();

        public Linear Layer { get; } = new(1, 1);

        public override Tensor Forward(Tensor x) => Layer.Forward(x) + _offset;
    }
}
