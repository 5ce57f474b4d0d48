using ChainRule.Tests.Laws;

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

    [Theory]
    [InlineData("NoGrad")]
    [InlineData("Detach")]
    [InlineData("values")]
    public void A_backward_that_cannot_be_differentiated_gives_gradients_and_else_an_error_instead_of_zeros(string way)
    {
        Func<Tensor, Tensor> exp = CustomFunction.Of((Tensor x) => x.Exp(), (_, y, cotangent) => Pull(y, cotangent)), f = x => exp(x).Sum();
        Tensor at = Tensor.From([0.5, -1]), tangent = Tensor.Ones([2], DType.Float64);
        Compare.Close([Math.Exp(0.5), Math.Exp(-1)], Differentiate.Grad(f)(at).ToArray<double>(), 1e-15, 0, "gradient");
        Refused(() => Differentiate.Jvp(exp, at, tangent));
        Refused(() => Differentiate.Grad(x => Differentiate.Grad(f)(x).Sum())(at));
        Refused(() => Differentiate.Jvp(Differentiate.Grad(f), at, tangent));
        Tensor leaf = at.Clone().RequiresGrad();
        Refused(() => Differentiate.Gradients(f(leaf), [leaf], createGraph: true));
        if (way == "values") return; // inside Vmap, which the others use, there are none to read
        Refused(() => Differentiate.JacobianForward(exp)(at));
        Refused(() => Differentiate.Hessian(f)(at));

        Tensor Pull(Tensor y, Tensor cotangent)
        {
            if (way == "Detach") return cotangent.Detach() * y;
            if (way == "values") return Tensor.From(cotangent.ToArray<double>()) * y;
            using (new NoGrad())
                return cotangent * y;
        }
        static void Refused(Func<object> derive)
        {
            string message = Assert.Throws<DifferentiationException>(derive).Message;
            Assert.Contains("CustomFunction", message, StringComparison.Ordinal);
            Assert.Contains("firstOrderOnly", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Null_is_zero_in_every_order_and_in_forward_mode()
    {
        Func<Tensor[], Tensor> f = CustomFunction.Of((Tensor[] x) => x[0].Square() * x[1], (x, _, cotangent) => [cotangent * 2 * x[0] * x[1], null]);
        Tensor a = Tensor.From([3.0]), b = Tensor.From([5.0]);
        Assert.Equal(2 * 5, Differentiate.Hessian(x => f([x, b]).Sum())(a).Item<double>());
        Assert.Equal(0, Differentiate.Hessian(x => f([a, x]).Sum())(b).Item<double>());
        Assert.Equal(2 * 3 * 5, Differentiate.JacobianForward(x => f([x, b]))(a).Item<double>());
    }

    [Fact]
    public void A_function_of_first_order_only_gives_gradients_and_refuses_more_by_name()
    {
        Func<Tensor[], Tensor> f = CustomFunction.Of(
            (Tensor[] x) => x[0] * x[1],
            (x, _, cotangent) =>
            {
                double flow = cotangent.Item<double>();
                return [Tensor.From([flow * x[1].Item<double>()]), x[0].Item<double>() == 0 ? null : Tensor.From([flow * x[0].Item<double>()])];
            },
            firstOrderOnly: true);
        Tensor a = Tensor.From([3.0]).RequiresGrad(), b = Tensor.From([4.0]).RequiresGrad();
        f([a, b]).Backward();
        Assert.Equal((4.0, 3.0), (a.Grad!.Item<double>(), b.Grad!.Item<double>()));
        Tensor[] recorded = Differentiate.Gradients(f([a, b]), [a, b], createGraph: true);
        Assert.Equal([4.0, 3], recorded.Select(gradient => gradient.Item<double>()));
        Refused(() => Differentiate.Gradients(recorded[0].Sum(), [b]));
        Refused(() => Differentiate.Hessian(x => f([x, x]).Sum())(Tensor.From([3.0])));
        Refused(() => Differentiate.Jvp(x => f([x, x]), Tensor.From([3.0]), Tensor.From([1.0])));

        static void Refused(Func<object> derive) =>
            Assert.Contains("CustomFunction: this function was declared firstOrderOnly", Assert.Throws<DifferentiationException>(derive).Message, StringComparison.Ordinal);
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

    [Theory]
    [InlineData("NoGrad")]
    [InlineData("Detach")]
    [InlineData("values")]
    public void A_factor_that_is_held_fixed_fails_a_check_of_the_gradient_and_throws_where_it_was_declared(string way)
    {
        // d(x²)/dx = 2x, and so the second derivative is 2; with the factor x held fixed it would be 0.
        Func<Tensor, Tensor> f = Squared(firstOrderOnly: false), declared = Squared(firstOrderOnly: true);
        Tensor at = Tensor.From([3.0]);
        Assert.Equal(6, Differentiate.Grad(f)(at).Item<double>());
        Assert.False(GradientCheck.Run(x => Differentiate.Grad(f)(x[0]).Sum(), at).Passed);
        Assert.Throws<DifferentiationException>(() => Differentiate.Grad(x => Differentiate.Grad(declared)(x).Sum())(at));

        Func<Tensor, Tensor> Squared(bool firstOrderOnly)
        {
            Func<Tensor, Tensor> square = CustomFunction.Of(x => x.Square(), (x, _, cotangent) => 2 * Fixed(x) * cotangent, firstOrderOnly);
            return x => square(x).Sum();
        }
        Tensor Fixed(Tensor x)
        {
            if (way == "Detach") return x.Detach();
            if (way == "values") return Tensor.From(x.ToArray<double>());
            using (new NoGrad())
                return x * 1;
        }
    }
}
