namespace ChainRule.Tests.Autograd;

/// <summary>What the laws of the row of Custom do not say.</summary>
public sealed class CustomFunctionTests
{
    [Fact]
    public void The_stated_derivative_is_used_whatever_the_true_one_is()
    {
        Func<Tensor, Tensor> rounded = CustomFunction.Of(x => (x + 0.5).To(DType.Int64).To(x.DType), (_, _, cotangent) => cotangent);
        Tensor x = Tensor.From([0.2, 1.7]).RequiresGrad();
        Tensor y = rounded(x * 2);
        Assert.Equal([0.0, 3], y.ToArray<double>());
        (y * y).Sum().Backward();
        Assert.Equal([0.0, 12], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void Forward_may_read_values_and_iterate()
    {
        // The square root by Newton's iteration; the derivative by the implicit function theorem: y² = x, 2y dy = dx.
        Func<Tensor, Tensor> root = CustomFunction.Of(
            x =>
            {
                Tensor y = x;
                while ((y * y - x).Abs().Max().Item<double>() > 1e-14)
                    y = (y + x / y) / 2;
                return y;
            },
            (_, y, cotangent) => cotangent / (2 * y));
        Tensor at = Tensor.From([2.0]);
        Func<Tensor, Tensor> f = x => root(x).Sum();
        Assert.Equal(0.5 / Math.Sqrt(2), Differentiate.Grad(f)(at).Item<double>(), 1e-15);
        Assert.Equal(-0.25 / Math.Pow(2, 1.5), Differentiate.Hessian(f)(at).Item<double>(), 1e-15);
        Assert.Equal(0.375 / Math.Pow(2, 2.5), Differentiate.Grad(v => Differentiate.Grad(u => Differentiate.Grad(f)(u).Sum())(v).Sum())(at).Item<double>(), 1e-15);
    }

    [Fact]
    public void Backward_is_called_once_for_all_arguments_and_null_is_zero()
    {
        int calls = 0;
        Func<Tensor[], Tensor> f = CustomFunction.Of((Tensor[] x) => x[0] * x[1], (x, _, cotangent) => { calls++; return [cotangent * x[1], null]; });
        Tensor a = Tensor.From([3.0]).RequiresGrad(), b = Tensor.From([4.0]).RequiresGrad();
        f([a, b]).Backward();
        Assert.Equal((1, 4.0), (calls, a.Grad!.Item<double>()));
        Assert.Null(b.Grad);
    }

    [Fact]
    public void Forward_runs_once()
    {
        int calls = 0;
        Func<Tensor, Tensor> f = CustomFunction.Of(x => { calls++; return x * 2; }, (_, _, cotangent) => cotangent * 2);
        f(Tensor.From([1.0]).RequiresGrad()).Backward();
        Assert.Equal(1, calls);
    }

    [Fact]
    public void Wrong_functions_are_told_what_is_wrong()
    {
        Tensor x = Tensor.From([1.0, 2]).RequiresGrad();
        Func<Tensor, Tensor> shape = CustomFunction.Of(v => v * 2, (_, _, cotangent) => cotangent.Sum());
        Assert.Contains("argument 0", Assert.Throws<ShapeException>(() => shape(x).Sum().Backward()).Message, StringComparison.Ordinal);
        Func<Tensor[], Tensor> count = CustomFunction.Of((Tensor[] v) => v[0] * 2, (_, _, _) => []);
        Assert.Contains("0 cotangents for 1 arguments", Assert.Throws<DifferentiationException>(() => count([x]).Sum().Backward()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => count([]));
        Assert.Contains("no argument", Assert.Throws<DifferentiationException>(() => Differentiate.Vmap(v => CustomFunction.Of(u => u * v.Sum(), (_, _, cotangent) => cotangent)(Tensor.From([1.0])))(x.Detach().Reshape(2, 1))).Message, StringComparison.Ordinal);
    }
}
