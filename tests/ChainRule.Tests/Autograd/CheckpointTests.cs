using ChainRule.Nn;
using ChainRule.Tests.Laws;

namespace ChainRule.Tests.Autograd;

public sealed class CheckpointTests
{
    private static readonly Tensor Input = Tensor.Normal([4, 3], new RandomKey(1), dtype: DType.Float64);

    [Fact]
    public void Values_and_gradients_have_the_same_bits_as_without()
    {
        Tensor[] plain = Gradients((f, x) => f(x)), kept = Gradients(Checkpoint.Run);
        for (int i = 0; i < plain.Length; i++)
            Compare.SameBits(plain[i], kept[i], $"gradient {i}");

        static Tensor[] Gradients(Func<Func<Tensor, Tensor>, Tensor, Tensor> run)
        {
            Sequential first = Block(1), second = Block(2);
            Tensor x = Input.Clone().RequiresGrad(), y = run(second.Forward, run(first.Forward, x * 2)).Square().Sum();
            y.Backward();
            return [y.Detach(), x.Grad!, .. first.Parameters().Concat(second.Parameters()).Select(parameter => parameter.Grad!)];
        }
    }

    [Fact]
    public void Checkpoints_nest()
    {
        Sequential block = Block(3);
        Tensor x = Input.Clone().RequiresGrad();
        Checkpoint.Run(v => Checkpoint.Run(block.Forward, v.Sin()) * v, x).Sum().Backward();
        Tensor expected = Differentiate.Grad(v => (block.Forward(v.Sin()) * v).Sum())(Input);
        Compare.SameBits(expected, x.Grad!, "nested");
    }

    [Fact]
    public void Dropout_drops_the_same_elements_again_and_draws_on_afterwards()
    {
        var dropout = new Dropout(0.5, new RandomKey(4));
        Tensor x = Tensor.Ones([200], DType.Float64).RequiresGrad();
        Tensor y = Checkpoint.Run(v => Checkpoint.Run(dropout.Forward, v) + dropout.Forward(v), x);
        y.Sum().Backward();
        Assert.Equal(y.ToArray<double>(), x.Grad!.ToArray<double>());
        Assert.Equal(2, dropout.Draws);
        Assert.NotEqual(x.Grad.ToArray<double>(), (dropout.Forward(x) + dropout.Forward(x)).ToArray<double>());
    }

    [Fact]
    public void The_inside_is_not_kept_and_computed_again()
    {
        int calls = 0;
        bool[] wasRecomputing = new bool[2];
        Tensor x = Input.Clone().RequiresGrad();
        Tensor y = Checkpoint.Run(v => { wasRecomputing[calls++] = Checkpoint.IsRecomputing; return v.Exp().Sin(); }, x);
        Assert.Equal(1, calls);
        y.Sum().Backward();
        Assert.Equal(2, calls);
        Assert.Equal([false, true], wasRecomputing);
        Assert.False(Checkpoint.IsRecomputing);
    }

    [Fact]
    public void What_the_function_closes_over_counts_once_however_it_is_connected()
    {
        // w is closed over, the argument is made of w, and u, made of w too, is closed over: dy/dw = d(w·w²·(2w))/dw = 8w³.
        Tensor w = Tensor.From([3.0]).RequiresGrad(), u = 2 * w;
        Checkpoint.Run(x => w * x * u, w.Square()).Backward();
        Assert.Equal(8 * 27.0, w.Grad!.Item<double>());
    }

    [Fact]
    public void Higher_derivatives_are_those_without()
    {
        Sequential block = Block(5);
        Func<Tensor, Tensor> plain = x => (block.Forward(x) * x).Sum(), kept = x => Checkpoint.Run(v => block.Forward(v) * v, x).Sum();
        Tensor at = Input[..2];
        Compare.Close(Differentiate.Hessian(plain)(at).ToArray<double>(), Differentiate.Hessian(kept)(at).ToArray<double>(), 1e-13, 1e-14, "Hessian");
        Func<Func<Tensor, Tensor>, Tensor> third = f => Differentiate.Grad(a => Differentiate.Grad(b => Differentiate.Grad(f)(b).Square().Sum())(a).Square().Sum())(at);
        Compare.Close(third(plain).ToArray<double>(), third(kept).ToArray<double>(), 1e-12, 1e-13, "order 3");
        Compare.Close(Differentiate.Jacobian(x => block.Forward(x))(at).ToArray<double>(), Differentiate.JacobianReverse(x => Checkpoint.Run(block.Forward, x))(at).ToArray<double>(), 1e-14, 1e-15, "Jacobian");
        double[] byParameter = Second((f, x) => f(x)), byParameterKept = Second(Checkpoint.Run);
        Compare.Close(byParameter, byParameterKept, 1e-12, 1e-13, "of parameters");

        double[] Second(Func<Func<Tensor, Tensor>, Tensor, Tensor> run)
        {
            Tensor[] parameters = [.. block.Parameters()];
            Tensor[] gradients = Differentiate.Gradients(run(block.Forward, at).Square().Sum(), parameters, createGraph: true);
            return [.. Differentiate.Gradients(gradients.Select(gradient => gradient.Square().Sum()).Aggregate((a, b) => a + b), parameters).SelectMany(gradient => gradient.ToArray<double>())];
        }
    }

    [Fact]
    public void Several_arguments_and_a_result_that_is_one_of_them()
    {
        Tensor a = Tensor.From([2.0]).RequiresGrad(), b = Tensor.From([5.0]).RequiresGrad();
        (Checkpoint.Run((Tensor[] x) => x[0] * x[1], [a, b]) + Checkpoint.Run(x => x, a) + Checkpoint.Run(_ => b, a)).Backward();
        Assert.Equal((6.0, 3.0), (a.Grad!.Item<double>(), b.Grad!.Item<double>()));
    }

    [Fact]
    public void A_change_in_place_of_what_is_read_again_is_an_error()
    {
        Tensor w = Tensor.From([3.0]).RequiresGrad();
        Tensor y = Checkpoint.Run(x => x * w, Tensor.From([2.0]).RequiresGrad());
        using (new NoGrad())
            w.Fill(1);
        Assert.Throws<InPlaceException>(() => y.Backward());
    }

    private static Sequential Block(long seed) =>
        new(new Linear(3, 5, new RandomKey(seed), dtype: DType.Float64), new Tanh(), new Linear(5, 3, new RandomKey(seed + 100), dtype: DType.Float64));
}
