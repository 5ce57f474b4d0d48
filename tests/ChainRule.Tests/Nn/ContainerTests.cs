using ChainRule.Nn;

namespace ChainRule.Tests.Nn;

public sealed class ContainerTests
{
    private static readonly Tensor _x = new double[,] { { 1, -2 }, { 3, 4 } };

    [Fact]
    public void Identity_gives_its_input_back()
    {
        Assert.Same(_x, new Identity().Forward(_x));
        Assert.Equal("Identity", new Identity().ToString());
        Assert.Throws<ArgumentNullException>(() => new Identity().Forward(null!));
    }

    [Fact]
    public void A_function_becomes_a_module_that_shows_how_it_was_written()
    {
        var last = new Lambda(x => x[.., ^1]);
        Assert.Equal([-2.0, 4], last.Forward(_x).ToArray<double>());
        Assert.Equal("Lambda(x => x[.., ^1])", last.ToString());
        Assert.Equal("Lambda(doubled)", new Lambda(x => 2 * x, "doubled").ToString());
        Assert.Throws<ArgumentNullException>(() => new Lambda(null!));
        var model = new Sequential(new Rnn(2, 3, batchFirst: true), last, new Linear(5, 1));
        Assert.Equal([4, 3], new Sequential(model[0], new Lambda(x => x[.., ^1])).Forward(Tensor.Zeros([4, 7, 2])).Shape);
        Assert.Equal(3, model.Children.Count);
    }

    [Fact]
    public void A_residual_adds_what_goes_around()
    {
        var residual = new Residual(new Lambda(x => 10 * x));
        Assert.Equal([11.0, -22, 33, 44], residual.Forward(_x).ToArray<double>());
        var shortened = new Residual(new Lambda(x => 10 * x), shortcut: new Lambda(x => -x));
        Assert.Equal([9.0, -18, 27, 36], shortened.Forward(_x).ToArray<double>());
        var layer = new Residual(new Linear(8, 8), new Linear(8, 8, bias: false));
        Assert.Equal(["inner.weight", "inner.bias", "shortcut.weight"], Names(layer));
        Assert.Equal("Residual(Linear(8, 8), Linear(8, 8, no bias))", layer.ToString());
    }

    [Fact]
    public void A_residual_does_not_broadcast()
    {
        var residual = new Residual(new Linear(8, 1));
        string message = Assert.Throws<ShapeException>(() => residual.Forward(Tensor.Zeros([2, 8]))).Message;
        Assert.Contains("Residual(Linear(8, 1)): an input of shape [2, 8] became [2, 1] inside and [2, 8] around it", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => new Residual(null!));
    }

    [Fact]
    public void Branches_are_added_or_put_one_behind_the_other()
    {
        Module[] both = [new Lambda(x => 10 * x), new Lambda(x => -x)];
        Assert.Equal([9.0, -18, 27, 36], Branches.Sum(both).Forward(_x).ToArray<double>());
        Assert.Equal([10.0, -20, -1, 2, 30, 40, -3, -4], Branches.Concatenate(1, both).Forward(_x).ToArray<double>());
        Assert.Equal([4, 2], Branches.Concatenate(0, both).Forward(_x).Shape);
        Assert.Equal(both, Branches.Sum(both));
        Assert.Equal("Branches(2, added)", Branches.Sum(both).ToString());
        Assert.Equal("Branches(2, concatenated along axis -1)", Branches.Concatenate(-1, both).ToString());
        Assert.Equal(["0.weight", "1.weight", "1.bias"], Names(Branches.Sum(new Linear(2, 2, bias: false), new Linear(2, 2))));
    }

    [Fact]
    public void Branches_that_do_not_fit_are_refused()
    {
        var branches = Branches.Sum(new Linear(2, 3), new Linear(2, 1));
        Assert.Contains("one branch made [5, 3], another [5, 1]", Assert.Throws<ShapeException>(() => branches.Forward(Tensor.Zeros([5, 2]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Branches.Sum());
        Assert.Contains("branch 1 is null", Assert.Throws<ArgumentNullException>(() => Branches.Concatenate(0, new Identity(), null!)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_modules_names_them_by_number_and_is_no_function()
    {
        Linear first = new(2, 2), second = new(2, 2, bias: false), third = new(2, 3, bias: false);
        var list = new ModuleList(first, third);
        list.Insert(1, second);
        list[2] = new Identity();
        list.Add(third);
        Assert.Equal([first, second, list[2], third], list);
        Assert.Equal(["blocks.0.weight", "blocks.0.bias", "blocks.1.weight", "blocks.3.weight"], Names(new Holder { Blocks = list }));
        Assert.Equal("ModuleList(4)", list.ToString());
        Assert.Contains("Sequential", Assert.Throws<NotSupportedException>(() => list.Forward(_x)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => list.Add(null!));
        Assert.Throws<ArgumentNullException>(() => list[0] = null!);
        list.Eval();
        Assert.False(third.IsTraining);
    }

    [Fact]
    public void A_dictionary_of_modules_keeps_names_and_order_and_is_no_function()
    {
        Linear encoder = new(2, 2, bias: false), decoder = new(2, 2, bias: false);
        var modules = new ModuleDictionary { { "z", encoder }, { "a", new Identity() } };
        modules["a"] = decoder;
        Assert.Equal(["z", "a"], modules.Keys);
        Assert.Equal([encoder, decoder], modules.Values);
        Assert.Equal(["heads.z.weight", "heads.a.weight"], Names(new Holder { Heads = modules }));
        Assert.Equal("ModuleDictionary(z, a)", modules.ToString());
        Assert.True(modules.ContainsKey("z") && modules.TryGetValue("a", out Module? found) && found == decoder);
        Assert.Contains("there is no \"b\"", Assert.Throws<KeyNotFoundException>(() => modules["b"]).Message, StringComparison.Ordinal);
        Assert.Contains("\"z\" already", Assert.Throws<ArgumentException>(() => modules.Add("z", decoder)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => modules.Add("a.b", decoder));
        Assert.Throws<ArgumentException>(() => modules[""] = decoder);
        Assert.Throws<NotSupportedException>(() => modules.Forward(_x));
    }

    [Fact]
    public void Unflatten_cuts_one_axis_up()
    {
        Tensor x = Tensor.Arange(0, 24).Reshape(2, 12);
        Assert.Equal([2, 3, 4], new Unflatten(1, 3, 4).Forward(x).Shape);
        Assert.Equal([2, 2, 3, 2], new Unflatten(-1, 2, -1, 2).Forward(x).Shape);
        Assert.Equal([1, 2, 12], new Unflatten(0, 1, 2).Forward(x).Shape);
        Assert.Equal([2, 0, 5], new Unflatten(1, -1, 5).Forward(Tensor.Zeros([2, 0])).Shape);
        Assert.Equal(x.ToArray<float>(), new Unflatten(1, 3, 4).Forward(x).ToArray<float>());
        Assert.Equal("Unflatten(1, [3, 4])", new Unflatten(1, 3, 4).ToString());
    }

    [Fact]
    public void Unflatten_refuses_sizes_that_do_not_fit()
    {
        Tensor x = Tensor.Zeros([2, 12]);
        Assert.Contains("axis 1 has size 12, which does not become [3, 5]", Assert.Throws<ShapeException>(() => new Unflatten(1, 3, 5).Forward(x)).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => new Unflatten(1, -1, 5).Forward(x));
        Assert.Throws<ShapeException>(() => new Unflatten(1, -1, 0).Forward(Tensor.Zeros([2, 0])));
        Assert.Throws<ShapeException>(() => new Unflatten(2, 12).Forward(x));
        Assert.Throws<ShapeException>(() => new Unflatten(1));
        Assert.Throws<ShapeException>(() => new Unflatten(1, -1, -1));
        Assert.Throws<ShapeException>(() => new Unflatten(1, -2));
        Assert.Throws<ShapeException>(() => new Unflatten(1, 1L << 62, 4));
    }

    private static IEnumerable<string> Names(Module module) => module.NamedParameters().Select(parameter => parameter.Name);

    private sealed class Holder : Module
    {
        public ModuleList? Blocks { get; init; }

        public ModuleDictionary? Heads { get; init; }

        public override Tensor Forward(Tensor x) => x;
    }
}
