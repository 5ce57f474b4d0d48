using ChainRule.Nn;

namespace ChainRule.Tests.Nn;

public sealed class ForwardHookTests
{
    [Fact]
    public void A_hook_sees_input_and_output_until_it_is_removed()
    {
        var network = new Sequential(new Relu(), new Flatten());
        var seen = new List<(Module Module, double Input, double Output)>();
        ForwardHook hook = network[0].OnForward((module, x, y) => { seen.Add((module, x.Sum().Item<double>(), y.Sum().Item<double>())); return null; });
        Tensor input = Tensor.From([-1.0, 2], [1, 2]);
        network.Forward(input);
        Assert.Equal([(network[0], 1, 2)], seen);
        hook.Remove();
        network.Forward(input);
        Assert.Single(seen);
    }

    [Fact]
    public void A_hook_may_replace_the_output_and_gradients_flow_through_it()
    {
        var network = new Sequential(new Relu());
        network[0].OnForward((_, _, y) => y * 3);
        network[0].OnForward((_, _, y) => y + 1);
        Tensor x = Tensor.From([2.0, -1], [1, 2]).RequiresGrad(), y = network.Forward(x);
        Assert.Equal([7.0, 1], y.ToArray<double>());
        y.Sum().Backward();
        Assert.Equal([3.0, 0], x.Grad!.ToArray<double>());
        Assert.Empty(network.Parameters());
    }
}
