using ChainRule.Nn;

namespace ChainRule.Tests.Nn;

public sealed class ModuleSearchTests
{
    [Fact]
    public void Parameters_are_found_wherever_they_are_kept_in_order_of_declaration() =>
        Assert.Equal(
        [
            "first.weight", "first.bias", "scale", "hidden_layers.0.weight", "hidden_layers.1.weight", "list.0.weight", "list.0.bias",
            "by_name.left", "by_name.right", "by_number.7.weight", "by_number.7.bias", "nested.0.0", "nested.0.1", "nested.1.0",
            "anything", "read_only.0", "last",
        ], Names(new Everywhere()));

    [Fact]
    public void What_a_primary_constructor_captures_is_found() =>
        Assert.Equal(["layer.weight", "layer.bias", "scale"], Names(new Captured(new Linear(2, 3), new Parameter(Tensor.Ones([3])))));

    [Fact]
    public void Base_classes_come_first_with_their_private_fields() =>
        Assert.Equal(["below", "hidden", "above"], Names(new Derived()));

    [Fact]
    public void Private_nested_modules_are_found() =>
        Assert.Equal(["inner.gain", "inner.deeper.gain"], Names(new Outer()));

    [Fact]
    public void Names_are_the_places_as_in_PyTorch()
    {
        var model = new Autoencoder { Encoder = new Stack(3) };
        Assert.Equal(
            ["encoder.layers.0.weight", "encoder.layers.0.bias", "encoder.layers.1.weight", "encoder.layers.1.bias", "encoder.layers.2.weight", "encoder.layers.2.bias", "decoder.0.weight", "decoder.2.0.weight", "decoder.2.0.bias"],
            Names(model));
    }

    [Theory]
    [InlineData("Weight", "weight")]
    [InlineData("_weight", "weight")]
    [InlineData("<Weight>k__BackingField", "weight")]
    [InlineData("<layer>P", "layer")]
    [InlineData("HiddenLayer", "hidden_layer")]
    [InlineData("_hiddenLayer", "hidden_layer")]
    [InlineData("hidden_layer", "hidden_layer")]
    [InlineData("QKVWeight", "qkv_weight")]
    [InlineData("Conv2D", "conv2d")]
    [InlineData("W1", "w1")]
    [InlineData("InputHiddenWeight", "input_hidden_weight")]
    public void A_place_is_named_in_small_letters(string field, string name) => Assert.Equal(name, ModuleFields.PlaceName(field));

    [Fact]
    public void What_is_shared_is_met_once_at_its_first_place()
    {
        var layer = new Linear(2, 2);
        var tied = new Tied(layer, layer.Weight);
        Assert.Equal(["first.weight", "first.bias"], Names(tied));
        Assert.Equal(6, tied.ParameterCount);
        Assert.Equal(["first"], tied.Children.Select(child => child.Name));
        Assert.Equal(["0.weight", "0.bias"], Names(new Sequential(layer, new Relu(), layer)));
    }

    [Fact]
    public void Going_round_in_circles_ends()
    {
        var ring = new Ring();
        ring.Neighbour = new Ring { Neighbour = ring };
        ring.Things.Add(ring.Things);
        ring.Things.Add(ring);
        Assert.Equal(["own", "neighbour.own"], Names(ring));
        ring.Eval();
        Assert.False(ring.Neighbour.IsTraining);
    }

    [Fact]
    public void Two_parameters_of_one_name_are_an_error_that_names_it()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => new Twins().NamedParameters());
        Assert.Contains("Twins has two parameters named \"weight\"", thrown.Message, StringComparison.Ordinal);
        // They can still be trained.
        Assert.Equal(2, new Twins().Parameters().Count);
    }

    [Fact]
    public void Places_with_nothing_in_them_are_passed_over() => Assert.Equal(["array.1.weight", "values.b"], Names(new Sparse()));

    [Fact]
    public void Plain_tensors_count_if_they_require_a_gradient_themselves()
    {
        var module = new Plain();
        Assert.Equal(["learned"], Names(module));
        Assert.Same(module.Learned, Assert.Single(module.Parameters()));
    }

    [Fact]
    public void Parameters_that_are_exchanged_or_added_later_are_found()
    {
        var stack = new Stack(1);
        Assert.Equal(2, stack.Parameters().Count);
        stack.Layers.Add(new Linear(2, 2, bias: false));
        Assert.Equal(["layers.0.weight", "layers.0.bias", "layers.1.weight"], Names(stack));
    }

    private static IEnumerable<string> Names(Module module) => module.NamedParameters().Select(parameter => parameter.Name);

    private static Parameter Scalar() => new(1f);

    private abstract class Through : Module
    {
        public override Tensor Forward(Tensor x) => x;
    }

    private sealed class Everywhere : Through
    {
        public Linear First { get; } = new(2, 3);

        public readonly Parameter Scale = Scalar();

        private readonly Linear[] _hiddenLayers = [new(3, 3, bias: false), new(3, 3, bias: false)];
        private readonly List<Module> _list = [new Linear(3, 2), new Relu()];
        private readonly Dictionary<string, Parameter> _byName = new() { ["left"] = Scalar(), ["right"] = Scalar() };
        private readonly SortedDictionary<int, Linear> _byNumber = new() { [7] = new Linear(1, 1) };
        private readonly List<List<Parameter>> _nested = [[Scalar(), Scalar()], [Scalar()]];
        private readonly object _anything = Scalar();

        public IReadOnlyList<Parameter> ReadOnly { get; } = new List<Parameter> { Scalar() }.AsReadOnly();

        internal Parameter Last { get; set; } = Scalar();

        private readonly float[] _numbers = new float[10];
        private readonly Func<Parameter> _made = Scalar;

        public override string ToString() => $"{_hiddenLayers}{_list}{_byName}{_byNumber}{_nested}{_anything}{_numbers}{_made}";
    }

    private sealed class Captured(Linear layer, Parameter scale) : Module
    {
        public override Tensor Forward(Tensor x) => layer.Forward(x) * scale.Value;
    }

    private abstract class Ground : Through
    {
        public Parameter Below { get; } = Scalar();

        private readonly Parameter _hidden = Scalar();

        public override string ToString() => _hidden.ToString();
    }

    private sealed class Derived : Ground
    {
        public Parameter Above { get; } = Scalar();
    }

    private sealed class Outer : Through
    {
        private readonly Inner _inner = new();

        public override string ToString() => _inner.ToString();

        private sealed class Inner : Through
        {
            public Parameter Gain { get; } = Scalar();

            private readonly Deeper _deeper = new();

            public override string ToString() => _deeper.ToString();
        }

        private sealed class Deeper : Through
        {
            public Parameter Gain { get; } = Scalar();
        }
    }

    private sealed class Stack(int count) : Through
    {
        public List<Linear> Layers { get; } = [.. Enumerable.Range(0, count).Select(_ => new Linear(2, 2))];
    }

    private sealed class Autoencoder : Through
    {
        public required Stack Encoder { get; init; }

        public Sequential Decoder { get; } = new(new Linear(2, 2, bias: false), new Tanh(), new Sequential(new Linear(2, 2)));
    }

    private sealed class Tied(Linear layer, Parameter weight) : Through
    {
        public Linear First { get; } = layer;

        public Linear Again { get; } = layer;

        public Parameter Weight { get; } = weight;
    }

    private sealed class Ring : Through
    {
        public Parameter Own { get; } = Scalar();

        public Ring? Neighbour { get; set; }

        public List<object> Things { get; } = [];
    }

    private sealed class Twins : Through
    {
        public Parameter Weight { get; } = Scalar();

        private readonly Parameter _weight = Scalar();

        public override string ToString() => _weight.ToString();
    }

    private sealed class Sparse : Through
    {
        public Parameter? Nothing { get; set; }

        public Linear?[] Array { get; } = [null, new(1, 1, bias: false)];

        public Dictionary<string, Parameter?> Values { get; } = new() { ["a"] = null, ["b"] = Scalar() };
    }

    private sealed class Plain : Through
    {
        public Tensor Learned { get; } = Tensor.Ones([2]).RequiresGrad();

        public Tensor Constant { get; } = Tensor.Ones([2]);

        public Tensor Computed { get; } = Tensor.Ones([2]).RequiresGrad() * 2;
    }
}
