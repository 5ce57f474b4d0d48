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

    [Fact]
    public void The_way_through_a_vector_is_a_product_of_matrices()
    {
        // L = Σ sigmoid(W x)²: row [1x2] of ones, two diagonals, and du/dx = W.
        double[,] w = { { 1, 2 }, { 3, 4 } };
        ExplanationInput input = Explanation.Of("sum(sigmoid(W@x)^2)", ("W", w), ("x", new[] { 0.1, -0.2 })).Inputs[1];
        ExplanationPath path = Assert.Single(input.Paths);
        Assert.Equal([[1, 2], [2, 2], [2, 2], [2, 2]], path.Edges.Select(edge => new[] { edge.Jacobian!.Shape[0], edge.Jacobian.Shape[1] }));
        Assert.Equal([false, true, true, false], path.Edges.Select(edge => edge.IsDiagonal));
        Assert.Equal([1.0, 2, 3, 4], path.Edges[3].Jacobian!.ToArray<double>());
        double[] s = [.. new[] { -0.3, -0.5 }.Select(u => 1 / (1 + Math.Exp(-u)))], slope = [.. s.Select(one => 2 * one * one * (1 - one))];
        AssertClose(slope, path.Rows[2]);
        AssertClose([slope[0] * 1 + slope[1] * 3, slope[0] * 2 + slope[1] * 4], path.Product);
    }

    [Fact]
    public void A_matrix_is_counted_row_by_row_in_its_local_derivative()
    {
        Explanation explanation = Explanation.Of("W@x", ("W", new double[,] { { 1, 2 }, { 3, 4 } }), ("x", new double[] { 5, 6 }));
        Assert.Equal([5.0, 6, 0, 0, 0, 0, 5, 6], explanation.Inputs[0].Step.Contributions[0].Jacobian!.ToArray<double>());
    }

    [Fact]
    public void A_number_that_is_spread_has_a_column()
    {
        ExplanationEdge edge = Explanation.Of("sum(b*v)", ("b", 2), ("v", new double[] { 3, 4, 5 })).Inputs[0].Step.Contributions[0];
        Assert.Equal([3L, 1], [edge.Jacobian!.Shape[0], edge.Jacobian.Shape[1]]);
        Assert.Equal([3.0, 4, 5], edge.Jacobian.ToArray<double>());
        Assert.False(edge.IsDiagonal);
    }

    [Theory]
    [InlineData("(v.v)*sum(v) + norm(v)")]
    [InlineData("mean(A@v)*max(v) + sum(A'@v)")]
    [InlineData("sum((A@A)*A) + v.v")]
    [InlineData("b*sum(v*b + A)")]
    public void Ways_through_vectors_add_up_to_the_gradient(string expression)
    {
        (string, Tensor)[] all = [("v", new[] { 1, -2, 0.5 }), ("A", new[,] { { 1.0, 2, 3 }, { -1, 0.5, 2 }, { 0, 1, -3 } }), ("b", 1.5)];
        IReadOnlyList<string> names = Explanation.Variables(expression);
        foreach (ExplanationInput input in Explanation.Of(expression, [.. all.Where(one => names.Contains(one.Item1))]).Inputs)
        {
            Assert.Equal(input.PathCount, input.Paths.Count);
            double[] sum = [.. Enumerable.Range(0, (int)input.Step.Shape.ElementCount).Select(i => input.Paths.Sum(path => path.Product.ToArray<double>()[i]))];
            AssertClose(sum, input.Reverse);
        }
    }

    [Fact]
    public void A_local_derivative_too_large_to_be_written_out_is_left_out()
    {
        // 100 by 100 numbers.
        ExplanationInput input = Explanation.Of("sum(sin(v))", ("v", new double[100])).Inputs[0];
        Assert.Empty(input.Paths);
        Assert.Null(Explanation.Of("sum(sin(v))", ("v", new double[100])).Inputs[0].Step.Contributions[0].Jacobian);
    }

    private static void AssertClose(double[] expected, Tensor actual)
    {
        double[] values = actual.ToArray<double>();
        Assert.Equal(expected.Length, values.Length);
        Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
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
