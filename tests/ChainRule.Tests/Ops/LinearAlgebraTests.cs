using ChainRule.Autograd;

namespace ChainRule.Tests.Ops;

/// <summary>Identities of the factorisations at many sizes, and matrices that are hard, empty, singular or not finite.</summary>
public sealed class LinearAlgebraTests
{
    private const double Epsilon = 2.220446049250313e-16;

    public static TheoryData<int> Orders => [.. Enumerable.Range(0, 21), 33, 64];

    public static TheoryData<int, int> Shapes => new()
    {
        { 0, 0 }, { 0, 3 }, { 3, 0 }, { 1, 1 }, { 1, 5 }, { 5, 1 }, { 2, 2 }, { 3, 2 }, { 2, 3 }, { 7, 4 }, { 4, 7 }, { 12, 12 }, { 20, 13 }, { 13, 20 }, { 40, 3 }, { 3, 40 },
    };

    [Theory, MemberData(nameof(Orders))]
    public void A_matrix_times_its_inverse_is_the_identity(int n)
    {
        Tensor a = Random(n, n);
        double condition = n == 0 ? 1 : Largest(a.SingularValues()) * Largest(a.Inverse().SingularValues());
        Small(a.MatMul(a.Inverse()) - Tensor.Eye(n, dtype: DType.Float64), 20 * n * condition, "A·A⁻¹ - I");
        Tensor b = Random(n, 3);
        Small(a.MatMul(a.Solve(b)) - b, 20 * n * condition, "A·x - b");
        Small(a.Solve(b.T, left: false).MatMul(a) - b.T, 20 * n * condition, "x·A - bᵀ");
    }

    [Theory, MemberData(nameof(Orders))]
    public void The_determinant_of_a_product_is_the_product_of_the_determinants(int n)
    {
        Tensor a = Random(n, n) * 0.5, b = Random(n, n, 2) * 0.5;
        double product = a.Det().Item<double>() * b.Det().Item<double>();
        double bound = Math.Max(1e-300, Norm(a, n) * Norm(b, n));
        Assert.True(Math.Abs(a.MatMul(b).Det().Item<double>() - product) <= 100 * n * Epsilon * bound);
        (Tensor sign, Tensor log) = a.SlogDet();
        Assert.Equal(a.Det().Item<double>(), sign.Item<double>() * Math.Exp(log.Item<double>()), 1e-11 * Math.Abs(a.Det().Item<double>()) + 1e-300);
    }

    [Theory, MemberData(nameof(Orders))]
    public void The_Cholesky_factor_times_its_transpose_is_the_matrix(int n)
    {
        Tensor a = Random(n, n), positive = a.MatMul(a.T) + Tensor.Eye(n, dtype: DType.Float64);
        Tensor l = positive.Cholesky();
        Small(l.MatMul(l.T) - positive, 10 * (n + 1) * Math.Max(1, Largest(positive.Abs())), "L·Lᵀ - A");
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
                Assert.Equal(0, l[i, j].Item<double>());
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Q_is_orthogonal_and_Q_times_R_is_the_matrix(int m, int n)
    {
        Tensor a = Random(m, n);
        (Tensor q, Tensor r) = a.Qr();
        int k = Math.Min(m, n);
        Assert.Equal((Shape)new long[] { m, k }, q.Shape);
        Small(q.T.MatMul(q) - Tensor.Eye(k, dtype: DType.Float64), 10 * (m + n), "Qᵀ·Q - I");
        Small(q.MatMul(r) - a, 10 * (m + n), "Q·R - A");
        for (int i = 0; i < k; i++)
        {
            Assert.True(r[i, i].Item<double>() >= 0);
            for (int j = 0; j < i; j++)
                Assert.Equal(0, r[i, j].Item<double>());
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void The_singular_vectors_are_orthogonal_and_give_the_matrix(int m, int n)
    {
        foreach (Tensor a in new[] { Random(m, n), Random(m, 1).MatMul(Random(1, n)), Tensor.Zeros([m, n], DType.Float64), Tensor.Ones([m, n], DType.Float64) })
        {
            (Tensor u, Tensor s, Tensor vh) = a.Svd();
            int k = Math.Min(m, n);
            Small(u.T.MatMul(u) - Tensor.Eye(k, dtype: DType.Float64), 20 * (m + n), "Uᵀ·U - I");
            Small(vh.MatMul(vh.T) - Tensor.Eye(k, dtype: DType.Float64), 20 * (m + n), "Vᵀ·V - I");
            Small((u * s).MatMul(vh) - a, 20 * (m + n) * Math.Max(1, Largest(s)), "U·S·Vᵀ - A");
            double[] values = s.ToArray<double>();
            Assert.Equal(values.OrderDescending(), values);
            Assert.All(values, value => Assert.True(value >= 0));
        }
    }

    [Theory, MemberData(nameof(Orders))]
    public void The_eigenvectors_are_orthogonal_and_give_the_matrix(int n)
    {
        foreach (Tensor a in new[] { Random(n, n) + Random(n, n).T, Tensor.Eye(n, dtype: DType.Float64), Tensor.Ones([n, n], DType.Float64) })
        {
            (Tensor values, Tensor vectors) = a.Eigh();
            double scale = Math.Max(1, Largest(values.Abs()));
            Small(vectors.T.MatMul(vectors) - Tensor.Eye(n, dtype: DType.Float64), 20 * (n + 1), "Vᵀ·V - I");
            Small((vectors * values).MatMul(vectors.T) - a, 20 * (n + 1) * scale, "V·λ·Vᵀ - A");
            Assert.Equal(values.ToArray<double>().Order(), values.ToArray<double>());
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void The_pseudo_inverse_obeys_the_four_equations_of_Penrose(int m, int n)
    {
        foreach (Tensor a in new[] { Random(m, n), Random(m, 1).MatMul(Random(1, n)), Tensor.Zeros([m, n], DType.Float64) })
        {
            Tensor y = a.Pinverse(), left = a.MatMul(y), right = y.MatMul(a);
            double scale = 1000 * (m + n) * (1 + Largest(y.Abs())) * (1 + Largest(y.Abs()));
            Small(left.MatMul(a) - a, scale, "A·Y·A - A");
            Small(right.MatMul(y) - y, scale, "Y·A·Y - Y");
            Small(left - left.T, scale, "A·Y symmetric");
            Small(right - right.T, scale, "Y·A symmetric");
        }
    }

    [Fact]
    public void The_rank_counts_independent_columns()
    {
        Assert.Equal(0, Tensor.Zeros([3, 4]).MatrixRank().Item<long>());
        Assert.Equal(2, Random(9, 2).MatMul(Random(2, 6)).MatrixRank().Item<long>());
        Assert.Equal(2, Random(9, 2).MatMul(Random(2, 6)).To(DType.Float32).MatrixRank().Item<long>());
        Assert.Equal(6, Random(9, 6).MatrixRank().Item<long>());
        Assert.Equal(1, Tensor.From([1.0, 0, 0, 0.01], [2, 2]).MatrixRank(0.1).Item<long>());
    }

    [Fact]
    public void Least_squares_leaves_a_remainder_orthogonal_to_the_columns()
    {
        Tensor a = Random(12, 5), b = Random(12, 2);
        Small(a.T.MatMul(a.MatMul(a.LeastSquares(b)) - b), 1000, "Aᵀ·(A·x - b)");
        Tensor wide = Random(5, 12), right = Random(5, 1);
        Tensor x = wide.LeastSquares(right);
        Small(wide.MatMul(x) - right, 1000, "A·x - b");
        Small(x - wide.Pinverse().MatMul(right), 1000, "the shortest");
    }

    [Fact]
    public void The_Hilbert_matrix_is_solved_as_well_as_its_condition_lets_it()
    {
        const int Order = 8; // condition 1.5e10
        Tensor hilbert = Hilbert(Order);
        Tensor ones = Tensor.Ones([Order], DType.Float64);
        Small(hilbert.Solve(hilbert.MatMul(ones)) - ones, 1.5e10, "solution");
        Small(hilbert.MatMul(hilbert.Solve(ones)) - ones, 1e9, "residual");
        // J. Todd 1954: the determinant is 1 / 365356847125734485878112256000000.
        double determinant = hilbert.Det().Item<double>() * 365356847125734485878112256000000.0;
        Assert.Equal(1, determinant, 1e-5);
        // The smallest eigenvalue is 1.11153896637e-10: a rotation keeps the absolute error near ε.
        Assert.Equal(1.11153896637e-10, hilbert.Eigvalsh()[0].Item<double>(), 1e-15);
        Assert.Equal(1.695938996921949, hilbert.SingularValues()[0].Item<double>(), 1e-14);
        Small(hilbert.Cholesky().MatMul(hilbert.Cholesky().T) - hilbert, 10, "L·Lᵀ");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_not_finite_ends_and_is_not_hidden(double bad)
    {
        foreach (int n in new[] { 1, 2, 3, 5, 9 })
        {
            for (int at = 0; at < n * n; at += Math.Max(1, n * n / 5))
            {
                double[] values = Random(n, n).ToArray<double>();
                values[at] = bad;
                Tensor a = Tensor.From(values, [n, n]);
                Assert.All(a.SingularValues().ToArray<double>(), value => Assert.True(double.IsNaN(value)));
                Assert.All(a.Eigvalsh().ToArray<double>(), value => Assert.True(double.IsNaN(value)));
                Assert.Contains(a.Qr().R.ToArray<double>(), value => !double.IsFinite(value));
                Assert.False(double.IsFinite(a.Det().Item<double>()) && n < 2);
                _ = a.SlogDet();
                _ = a.Pinverse();
                _ = CofactorOp.Default.Apply(a);
                _ = a.MatrixExp();
                if (double.IsNaN(bad))
                    Assert.Contains(a.Inverse().ToArray<double>(), double.IsNaN);
            }
        }
        Assert.True(double.IsNaN(Tensor.From([double.NaN], [1, 1]).Cholesky().Item<double>()));
    }

    [Fact]
    public void Very_large_and_very_small_numbers_neither_overflow_nor_vanish()
    {
        foreach (double scale in new[] { 1e-300, 1e-160, 1e160, 1e300 })
        {
            Tensor a = Random(4, 3), scaled = a * scale;
            Near(a.SingularValues(), scaled.SingularValues() / scale, "singular values");
            Near(a.Qr().Q, scaled.Qr().Q, "Q");
            Near((a.T.MatMul(a)).Eigvalsh(), ((a.T.MatMul(a)) * scale).Eigvalsh() / scale, "eigenvalues");
        }
        Tensor huge = Tensor.Eye(400, dtype: DType.Float64) * 1e10;
        Assert.Equal(4000 * Math.Log(10), huge.SlogDet().LogAbsDet.Item<double>(), 1e-9);
        Assert.Equal(1.4142135623730951e20, Tensor.From([1e20f, 0, 0, 1e20f], [2, 2]).MatrixNorm().Item<float>() * 1.0, 1e14);
    }

    [Fact]
    public void Singular_matrices_have_a_determinant_of_0_and_no_inverse()
    {
        Tensor singular = Tensor.From([1.0, 2, 2, 4], [2, 2]);
        Assert.Equal(0, singular.Det().Item<double>());
        (Tensor sign, Tensor log) = singular.SlogDet();
        Assert.Equal(0, sign.Item<double>());
        Assert.Equal(double.NegativeInfinity, log.Item<double>());
        Assert.Contains("Inverse: the matrix of shape [2, 2] is singular", Assert.Throws<SingularMatrixException>(() => singular.Inverse()).Message, StringComparison.Ordinal);
        Assert.Throws<SingularMatrixException>(() => singular.Solve(Tensor.Ones([2])));
        Assert.Throws<SingularMatrixException>(() => singular.MatrixPower(-1));
        Assert.Throws<SingularMatrixException>(() => Tensor.Zeros([2, 2]).TriangularSolve(Tensor.Ones([2])));
    }

    [Fact]
    public void An_error_names_the_matrix_in_its_batch()
    {
        Tensor many = Tensor.Eye(2).Expand([2, 3, 2, 2]).Clone();
        many[1, 2] = Tensor.Zeros([2, 2]);
        Assert.Contains("matrix [1, 2] of shape [2, 3, 2, 2]", Assert.Throws<SingularMatrixException>(() => many.Inverse()).Message, StringComparison.Ordinal);
        many[0, 1] = Tensor.From([1.0, 0, 0, -1], [2, 2]);
        string message = Assert.Throws<NotPositiveDefiniteException>(() => many.Cholesky()).Message;
        Assert.Contains("matrix [0, 1]", message, StringComparison.Ordinal);
        Assert.Contains("leading minor of order 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_large_batch_the_first_singular_matrix_is_named()
    {
        Tensor many = Random(1000, 100).Reshape(1000, 10, 10);
        many[700] = Tensor.Zeros([10, 10]);
        many[901] = Tensor.Zeros([10, 10]);
        Assert.Contains("matrix [700]", Assert.Throws<SingularMatrixException>(() => many.Inverse()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_gradient_of_the_determinant_is_the_cofactors_of_singular_matrices_too()
    {
        Gradient([0], [1]);
        Gradient([1, 2, 2, 4], [4, -2, -2, 1]);
        Gradient([0, 1, 0, 1], [1, 0, -1, 0]);
        Gradient([0, 0, 0, 0], [0, 0, 0, 0]);
        Gradient([1, 2, 3, 2, 4, 6, 1, 0, 1], [4, 4, -4, -2, -2, 2, 0, 0, 0]); // rank 2
        Gradient([1, 2, 3, 2, 4, 6, 3, 6, 9], [0, 0, 0, 0, 0, 0, 0, 0, 0]); // rank 1
    }

    [Theory]
    [InlineData(4), InlineData(5), InlineData(9), InlineData(12)]
    public void The_gradient_at_rank_n_minus_1_is_a_product_of_null_vectors_and_0_below(int n)
    {
        // A = L·D·R with one zero in D: the cofactors are the other factors' cofactors around a single 1.
        Tensor left = Random(n, n, 5), right = Random(n, n, 6);
        Tensor Diagonal(int zeros) => Tensor.Eye(n, dtype: DType.Float64) * Tensor.Arange(0, n, 1, DType.Float64).EqualTo(0).Or(zeros > 1 ? Tensor.Arange(0, n, 1, DType.Float64).EqualTo(1) : Tensor.Zeros([n], DType.Bool)).Not().To(DType.Float64);
        Tensor one = left.MatMul(Diagonal(1)).MatMul(right);
        Tensor unit = Tensor.Eye(n, dtype: DType.Float64) - Diagonal(1);
        Tensor cofactors = (left.Inverse().T * left.Det()).MatMul(unit).MatMul(right.Inverse().T * right.Det());
        double scale = Largest(cofactors.Abs());
        Tensor actual = Differentiate.Grad(x => x.Det())(one);
        Small((actual - cofactors) / scale, 1e5 * n, "rank n - 1");
        Small(Differentiate.Grad(x => x.Det())(left.MatMul(Diagonal(2)).MatMul(right)) / scale, 1e5 * n, "rank n - 2");
    }

    [Fact]
    public void The_Hessian_of_the_determinant_is_right_where_it_is_0()
    {
        Tensor hessian = Differentiate.Hessian(x => x.Det())(Tensor.Zeros([2, 2], DType.Float64));
        double[] expected = [0, 0, 0, 1, 0, 0, -1, 0, 0, -1, 0, 0, 1, 0, 0, 0];
        Assert.Equal(expected, hessian.ToArray<double>().Select(value => value + 0));
    }

    [Fact]
    public void Beyond_order_8_the_second_derivative_of_the_determinant_is_that_of_the_product_of_the_diagonal()
    {
        // Along a diagonal matrix with entries t·d: det = t^n ∏ d.
        Tensor d = Tensor.Eye(9, dtype: DType.Float64) * (1 + Tensor.Arange(1, 10, 1, DType.Float64) / 10);
        Func<Tensor, Tensor> along = t => (t * d).Det();
        double product = Enumerable.Range(1, 9).Aggregate(1.0, (a, b) => a * (1 + b / 10.0));
        Assert.Equal(9 * 8 * product, Differentiate.Grad(Differentiate.Grad(along))(Tensor.Full([], 1, DType.Float64)).Item<double>(), 1e-9 * product);
    }

    [Fact]
    public void Empty_matrices_have_the_values_of_empty_products()
    {
        Tensor empty = Tensor.Zeros([0, 0], DType.Float64);
        Assert.Equal(1, empty.Det().Item<double>());
        Assert.Equal(1, empty.SlogDet().Sign.Item<double>());
        Assert.Equal(0, empty.SlogDet().LogAbsDet.Item<double>());
        Assert.Equal([3, 0, 0], Tensor.Zeros([3, 0, 0]).Inverse().Shape.ToArray());
        Assert.Equal([1.0, 1, 1], Tensor.Zeros([3, 0, 0]).Det().ToArray<double>());
        Assert.Equal([0, 2, 2], Tensor.Zeros([0, 2, 2]).MatrixPower(3).Shape.ToArray());
        Assert.Equal([2, 3], Tensor.Zeros([2, 0]).Pinverse().T.MatMul(Tensor.Zeros([0, 3])).Shape.ToArray());
        Assert.Equal([0, 0], Differentiate.Grad(x => x.Det())(empty).Shape.ToArray());
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_the_operation_and_the_shapes()
    {
        Tensor wide = Tensor.Zeros([2, 3]), vector = Tensor.Zeros([3]), square = Tensor.Eye(2);
        foreach (Func<Tensor, object> square3 in new Func<Tensor, object>[] { x => x.Inverse(), x => x.Det(), x => x.SlogDet(), x => x.Cholesky(), x => x.Eigh(), x => x.Eigvalsh(), x => x.MatrixPower(2), x => x.MatrixExp() })
        {
            Assert.Contains("[2, 3]", Assert.Throws<ShapeException>(() => square3(wide)).Message, StringComparison.Ordinal);
            Assert.Contains("[3]", Assert.Throws<ShapeException>(() => square3(vector)).Message, StringComparison.Ordinal);
        }
        foreach (Func<Tensor, object> matrix in new Func<Tensor, object>[] { x => x.Qr(), x => x.Svd(), x => x.SingularValues(), x => x.Pinverse(), x => x.MatrixRank(), x => x.MatrixNorm() })
            Assert.Contains("[3]", Assert.Throws<ShapeException>(() => matrix(vector)).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => square.Solve(vector));
        Assert.Throws<ShapeException>(() => square.Solve(Tensor.Zeros([3, 2])));
        Assert.Throws<ShapeException>(() => square.Expand([3, 2, 2]).Solve(Tensor.Zeros([2, 2, 1])));
        Assert.Throws<ShapeException>(() => square.TriangularSolve(vector));
        Assert.Throws<ShapeException>(() => wide.LeastSquares(vector));
        Assert.Throws<ArgumentOutOfRangeException>(() => wide.Pinverse(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => wide.Pinverse(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => wide.MatrixNorm((MatrixNormKind)99));
    }

    private static void Gradient(double[] matrix, double[] expected)
    {
        int n = (int)Math.Sqrt(matrix.Length);
        double[] actual = Differentiate.Grad(x => x.Det())(Tensor.From(matrix, [n, n])).ToArray<double>();
        Assert.Equal(expected, actual.Select(value => value + 0)); // -0 is 0
    }

    private static Tensor Hilbert(int n) =>
        (Tensor.Arange(0, n, 1, DType.Float64).Unsqueeze(1) + Tensor.Arange(1, n + 1, 1, DType.Float64)).Reciprocal();

    private static Tensor Random(long rows, long columns, int key = 1) => Tensor.Uniform([rows, columns], new RandomKey(rows * 1000 + columns + key), -1, 1, DType.Float64);

    private static double Largest(Tensor x) => x.ToArray<double>().Append(0).Max();

    private static double Norm(Tensor x, int n) => Math.Pow(Math.Max(1e-3, Largest(x.SingularValues())), n);

    private static void Small(Tensor x, double units, string what)
    {
        foreach (double value in x.ToArray<double>())
            Assert.True(Math.Abs(value) <= Epsilon * units, $"{what}: {value:G3}, more than {Epsilon * units:G3}");
    }

    private static void Near(Tensor expected, Tensor actual, string what) => Small(expected - actual, 1000, what);
}
