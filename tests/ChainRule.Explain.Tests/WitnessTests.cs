using CsCheck;

namespace ChainRule.Explain.Tests;

public sealed class WitnessTests
{
    // Smooth everywhere, with slopes of ordinary size, so that differences can follow.
    private static readonly Gen<string> _expression = Gen.Recursive<string>((depth, inner) =>
    {
        Gen<string> leaf = Gen.OneOf(One("x", "y"), Gen.Int[1, 5].Select(number => $"{number}"));
        if (depth > 4) return leaf;
        return Gen.OneOf(
            leaf,
            Gen.Select(inner, One("+", "-", "*"), inner, (a, sign, b) => $"({a}){sign}({b})"),
            Gen.Select(inner, inner, (a, b) => $"({a})/(2+sin({b}))"),
            Gen.Select(One("sin", "cos", "tanh", "sigmoid", "softplus", "atan", "erf", "gelu", "silu", "asinh"), inner, (f, a) => $"{f}({a})"),
            inner.Select(a => $"exp(sin({a}))"),
            inner.Select(a => $"sqrt(1+({a})^2)"),
            inner.Select(a => $"log(2+cos({a}))"),
            inner.Select(a => $"(1.5+tanh({a}))^(0.5+cos({a})^2)"));
    });

    private static Gen<string> One(params string[] names) => Gen.Int[0, names.Length - 1].Select(i => names[i]);

    [Fact]
    public void Symbolic_forward_reverse_and_numeric_agree_on_random_expressions() =>
        Gen.Select(_expression, Gen.Double[-1.5, 1.5], Gen.Double[-1.5, 1.5]).Sample(
            (expression, x, y) =>
            {
                Explanation explanation = Explanation.Of($"{expression} + tanh(x) + y", ("x", x), ("y", y));
                foreach (ExplanationInput input in explanation.Inputs)
                {
                    double expected = input.Symbolic.Item<double>(), scale = Math.Max(1, Math.Abs(expected));
                    Assert.Equal(0, (input.Forward.Item<double>() - expected) / scale, 1e-11);
                    Assert.Equal(0, (input.Reverse.Item<double>() - expected) / scale, 1e-11);
                    Assert.Equal(0, (input.Step.Gradient.Item<double>() - expected) / scale, 1e-11);
                    // Differences lose digits where the function is large or wild.
                    double range = Math.Max(scale, Math.Abs(explanation.Result.Value.Item<double>()));
                    Assert.Equal(0, (input.Numeric.Item<double>() - expected) / range, 1e-6);
                }
            },
            iter: 200, threads: 1, seed: "0000KXVyZ6M4");

    [Fact]
    public void Second_derivatives_agree_on_random_expressions() =>
        Gen.Select(_expression, Gen.Double[-1.5, 1.5], Gen.Double[-1.5, 1.5]).Sample(
            (expression, x, y) =>
            {
                Explanation explanation = Explanation.Of($"{expression} + x^2*y", 2, ("x", x), ("y", y));
                foreach (SecondDerivative entry in explanation.Second!.Entries)
                {
                    double scale = Math.Max(1, Math.Abs(entry.Symbolic));
                    Assert.Equal(0, (entry.ForwardOverReverse - entry.Symbolic) / scale, 1e-10);
                    double range = Math.Max(scale, Math.Abs(explanation.Result.Value.Item<double>()));
                    Assert.Equal(0, (entry.Numeric - entry.Symbolic) / range, 1e-4);
                }
            },
            iter: 60, threads: 1, seed: "0000KXVyZ6M4");

    [Fact]
    public void Products_of_edges_add_up_to_each_gradient_to_the_last_bit() =>
        Gen.Select(_expression, Gen.Double[-1.5, 1.5], Gen.Double[-1.5, 1.5]).Sample(
            (expression, x, y) =>
            {
                foreach (ExplanationStep step in Explanation.Of($"({expression}) * x + y", ("x", x), ("y", y)).Steps.SkipLast(1))
                {
                    double sum = step.Contributions[0].Product.Item<double>();
                    foreach (ExplanationEdge edge in step.Contributions.Skip(1))
                        sum += edge.Product.Item<double>();
                    Assert.Equal(BitConverter.DoubleToInt64Bits(step.Gradient.Item<double>()), BitConverter.DoubleToInt64Bits(sum));
                }
            },
            iter: 50, threads: 1, seed: "0000KXVyZ6M4");

    [Fact]
    public void An_edge_s_product_is_the_reader_s_gradient_times_the_local_derivative_to_the_last_bit()
    {
        Explanation explanation = Explanation.Of("sigmoid(x*y)^3/(1+exp(-x))", ("x", 0.7), ("y", -1.3));
        foreach (ExplanationEdge edge in explanation.Steps.SelectMany(step => step.Operands))
            Assert.Equal(explanation.Steps[edge.Reader].Gradient.Item<double>() * edge.Local!.Item<double>(), edge.Product.Item<double>());
    }

    [Fact]
    public void Ways_add_up_to_the_derivative()
    {
        ExplanationInput input = Explanation.Of("x*sin(x)+x^2/(1+x)", ("x", 0.7)).Inputs[0];
        Assert.Equal(input.PathCount, input.Paths.Count);
        Assert.Equal(input.Reverse.Item<double>(), input.Paths.Sum(path => path.Product.Item<double>()), 1e-14);
    }

    [Fact]
    public void The_error_of_differences_falls_with_the_square_of_the_step_and_then_rises()
    {
        IReadOnlyList<DifferencePoint> curve = Explanation.Of("sin(x)", ("x", 1)).Inputs[0].DifferenceCurve;
        // The leading term is cos(1) h²/6.
        DifferencePoint hundredth = curve.Single(point => Math.Abs(point.Step - 0.01) < 1e-12);
        Assert.Equal(Math.Cos(1) * 1e-4 / 6, hundredth.Error, 1e-9);
        Assert.True(curve[^1].Error > 1e3 * curve.Min(point => point.Error), "Below the best step rounding takes over.");
    }
}
