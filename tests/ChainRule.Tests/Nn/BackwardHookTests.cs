using ChainRule.Nn;

namespace ChainRule.Tests.Nn;

public sealed class BackwardHookTests
{
    [Fact]
    public void A_hook_sees_the_gradient_by_the_output_until_it_is_removed()
    {
        var network = new Sequential(new Relu(), new Flatten());
        List<(Module Module, double[] Gradient)> seen = [];
        BackwardHook hook = network[0].OnBackward((module, gradient) => { seen.Add((module, gradient.ToArray<double>())); return null; });
        Tensor x = Tensor.From([-1.0, 2], [1, 2]).RequiresGrad(), early = network.Forward(x);
        (network.Forward(x) * Tensor.From([3.0, 4])).Sum().Backward();
        Assert.Same(network[0], Assert.Single(seen).Module);
        Assert.Equal([3, 4], seen[0].Gradient);
        Assert.Equal([0, 4], x.Grad!.ToArray<double>());
        hook.Remove();
        early.Sum().Backward();
        Assert.Single(seen);
    }

    [Fact]
    public void Hooks_replace_what_flows_on_one_after_the_other()
    {
        var layer = new Tanhshrink();
        layer.OnBackward((_, gradient) => gradient + 1);
        layer.OnBackward((_, gradient) => gradient * 10);
        Tensor x = Tensor.From([0.5]).RequiresGrad();
        layer.Apply(x).Backward();
        // x - tanh(x) has the slope tanh²(x).
        Assert.Equal((1 + 1) * 10 * Math.Pow(Math.Tanh(0.5), 2), x.Grad!.Item<double>(), 1e-14);
    }

    [Fact]
    public void A_module_that_returns_its_input_sees_only_the_gradient_by_its_output()
    {
        var layer = new Identity();
        List<double> seen = [];
        layer.OnBackward((_, gradient) => { seen.Add(gradient.Item<double>()); return null; });
        Tensor x = Tensor.From([2.0]).RequiresGrad();
        (layer.Apply(x) * 3 + x * 100).Backward();
        Assert.Equal([3.0], seen);
        Assert.Equal(103, x.Grad!.Item<double>());
    }

    [Fact]
    public void A_module_that_is_applied_twice_is_told_of_both()
    {
        var layer = new Identity();
        List<double> seen = [];
        layer.OnBackward((_, gradient) => { seen.Add(gradient.Item<double>()); return null; });
        layer.OnForward((_, _, y) => y * 2);
        layer.Apply(layer.Apply(Tensor.From([1.0]).RequiresGrad())).Backward();
        // By the outer output, which a forward hook doubled, then by the inner.
        Assert.Equal([1.0, 2], seen);
    }

    [Fact]
    public void A_gradient_of_another_shape_or_changed_in_place_is_refused()
    {
        var layer = new Identity();
        BackwardHook wrong = layer.OnBackward((_, gradient) => gradient.Sum());
        Tensor x = Tensor.From([1.0, 2]).RequiresGrad();
        Assert.Throws<ShapeException>(() => layer.Apply(x).Sum().Backward());
        wrong.Remove();
        layer.OnBackward((_, gradient) => gradient.Fill(0));
        Assert.Throws<InPlaceException>(() => layer.Apply(x).Sum().Backward());
    }

    [Fact]
    public void Where_nothing_is_recorded_and_in_forward_mode_hooks_rest()
    {
        var layer = new Relu();
        int calls = 0;
        layer.OnBackward((_, _) => { calls++; return null; });
        Tensor x = Tensor.From([1.0, 2]);
        Assert.False(layer.Apply(x).IsTracked);
        using (new NoGrad())
            Assert.False(layer.Apply(x.Clone().RequiresGrad()).IsTracked);
        Assert.Equal([1.0, 0, 0, 1], Differentiate.JacobianForward(layer.Apply)(x).ToArray<double>());
        Assert.Equal([2.0, 4], Differentiate.Vmap(layer.Apply)(x * 2).ToArray<double>());
        Assert.Equal(0, calls);
    }
}
