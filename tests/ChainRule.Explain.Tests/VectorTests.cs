namespace ChainRule.Explain.Tests;

public sealed class VectorTests
{
    private static readonly double[] _w = [0.5, -0.2, 0.1];
    private static readonly double[] _x = [1, 2, 3];

    [Fact]
    public void A_neuron_sends_its_slope_times_x_to_w_and_its_slope_to_b()
    {
        Explanation explanation = Explanation.Of("sigmoid(w.x+b)", ("w", _w), ("x", _x), ("b", 0.1));
        double s = 1 / (1 + Math.Exp(-0.5)), slope = s * (1 - s);
        AssertAll([.. _x.Select(x => slope * x)], explanation.Inputs[0]);
        AssertAll([.. _w.Select(w => slope * w)], explanation.Inputs[1]);
        AssertAll([slope], explanation.Inputs[2]);
        ExplanationEdge edge = explanation.Inputs[0].Step.Contributions[0];
        Assert.Null(edge.Local);
        Assert.Equal("∂L/∂u·x", edge.Derivative.Text);
    }

    [Fact]
    public void A_matrix_times_a_vector_gets_outer_product_and_transpose()
    {
        // L = Σ (W x): dL/dW = 1 xᵀ, dL/dx = Wᵀ 1.
        Explanation explanation = Explanation.Of("W@x", ("W", new double[,] { { 1, 2 }, { 3, 4 } }), ("x", new double[] { 5, 6 }));
        Assert.True(explanation.IsSummed);
        AssertAll([5, 6, 5, 6], explanation.Inputs[0]);
        AssertAll([4, 6], explanation.Inputs[1]);
        ExplanationStep product = explanation.Steps[2];
        Assert.Equal(["∂L/∂u @ xᵀ", "Wᵀ @ ∂L/∂u"], product.Operands.Select(edge => edge.Derivative.Text));
        Assert.Equal([17.0, 39.0], product.Value.ToArray<double>());
    }

    [Theory]
    [InlineData("sum(v^2)", new[] { 2.0, -4, 6 })]
    [InlineData("mean(v)", new[] { 1 / 3.0, 1 / 3.0, 1 / 3.0 })]
    [InlineData("norm(v)^2", new[] { 2.0, -4, 6 })]
    [InlineData("max(v)", new[] { 0.0, 0, 1 })]
    [InlineData("min(v)", new[] { 0.0, 1, 0 })]
    [InlineData("v.v", new[] { 2.0, -4, 6 })]
    [InlineData("dot(v, v)", new[] { 2.0, -4, 6 })]
    [InlineData("2v", new[] { 2.0, 2, 2 })]
    [InlineData("sum(relu(v))", new[] { 1.0, 0, 1 })]
    public void Vectors_have_the_gradients_of_paper(string expression, double[] expected) =>
        AssertAll(expected, Explanation.Of(expression, ("v", new double[] { 1, -2, 3 })).Inputs[0]);

    [Fact]
    public void A_bias_that_is_spread_over_rows_gets_their_sum()
    {
        Explanation explanation = Explanation.Of("sum((X@W + b)^2)", ("X", new double[,] { { 1, 0 }, { 0, 1 } }), ("W", new double[,] { { 1, 2 }, { 3, 4 } }), ("b", new double[] { 1, 1 }));
        // X W + b = [[2, 3], [4, 5]]; the derivative by b is twice the sum over the rows.
        AssertAll([12, 16], explanation.Inputs[2]);
        Assert.True(explanation.Inputs[2].Step.Contributions[0].IsSummed);
    }

    [Fact]
    public void A_transpose_turns_the_gradient_back()
    {
        // tr-like: Σ (Aᵀ ∘ B) by A is Bᵀ.
        Explanation explanation = Explanation.Of("sum(A'*B)", ("A", new double[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } }), ("B", new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }));
        AssertAll([1, 4, 2, 5, 3, 6], explanation.Inputs[0]);
    }

    private static void AssertAll(double[] expected, ExplanationInput input)
    {
        foreach (Tensor witness in new[] { input.Symbolic, input.Forward, input.Reverse, input.Numeric, input.Step.Gradient })
        {
            double[] actual = witness.ToArray<double>();
            Assert.Equal(expected.Length, actual.Length);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        }
    }
}
