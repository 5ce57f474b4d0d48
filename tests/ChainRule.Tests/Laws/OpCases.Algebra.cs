using static ChainRule.Tests.Laws.OpCase;

namespace ChainRule.Tests.Laws;

internal static partial class OpCases
{
    private static IEnumerable<OpCase> Algebra =>
    [
        Of<CholeskyOp>(
            On([3, 3], x => Far(x * 0.5).Cholesky(), x => Exact.ToGrid(Exact.Cholesky(Exact.Symmetric(Far(x.Map(v => v / 2)))))),
            Stacked(x => Far(x).Cholesky(), x => Exact.Cholesky(Exact.Symmetric(Far(x)))),
            On([0, 0], x => x.Cholesky(), x => x)) with { Large = [[600, 6, 6]] },
        Of<CofactorOp>(
            On([3, 3], CofactorOp.Default.Apply, x => Exact.ToGrid(Cofactors(Exact.From(x)))),
            On([2, 2, 2], CofactorOp.Default.Apply, x => Each(x, (a, i, j) => Exact.Cofactor(a, i, j))),
            On([1, 1], CofactorOp.Default.Apply, x => x.Map(_ => 1)),
            On([4, 4], x => CofactorOp.Default.Apply(x * 0.5), x => Exact.ToGrid(Cofactors(Exact.From(x.Map(v => v / 2))))),
            On([0, 0], CofactorOp.Default.Apply, x => x)) with { Large = [[60, 3, 3]] },
        Of<DetOp>(
            On([3, 3], x => Far(x).Det(), x => Number(Exact.Det(Far(x)))),
            On([2, 2, 2], x => Far(x).Det(), x => Grid.Of([2], i => (double)Exact.Det(Far(x, i[0])))),
            On([1, 1], x => x.Det(), x => new([], x.Values)),
            On([0, 0], x => x.Det(), _ => Number(1)),
            On([0, 2, 2], x => x.Det(), _ => Grid.Of([0], _ => 0))) with { Large = [[600, 10, 10]] },
        Of<EighOp>(
            On([3, 3], x => Spread(x).Eigh().Values, x => Vector(Exact.Eigen(Exact.Symmetric(Spread(x))).Values)),
            On([3, 3], x => Spread(x).Eigh().Vectors, x => Exact.ToGrid(Exact.Eigen(Exact.Symmetric(Spread(x))).Vectors)),
            On([2, 2, 2], x => Spread(x).Eigvalsh(), x => Grid.Of([2, 2], i => (double)Exact.Eigen(Exact.Symmetric(Spread(x, i[0]))).Values[i[1]])),
            On([1, 1], x => x.Eigh().Values, x => new([1], x.Values)),
            On([0, 0], x => x.Eigh().Values, _ => Grid.Of([0], _ => 0))) with { Large = [[60, 20, 20]] },
        Of<InverseOp>(
            On([3, 3], x => Far(x).Inverse(), x => Exact.ToGrid(Exact.Inverse(Far(x)))),
            Stacked(x => Far(x).Inverse(), x => Exact.Inverse(Far(x))),
            On([0, 0], x => x.Inverse(), x => x)) with { Large = [[60, 20, 20]] },
        new("LeastSquares", null,
            new Variant(x => Spread(x[0]).LeastSquares(x[1]), x => Column(LeastSquares(x)), Small([3, 2]), Operand.Of([3])),
            new Variant(x => Spread(x[0]).LeastSquares(x[1]), x => Exact.ToGrid(LeastSquares(x)), Small([2, 3]), Operand.Of([2, 2]))),
        new("MatrixExp", null,
            On([3, 3], x => x.MatrixExp(), x => Exact.ToGrid(Exact.Exp(Exact.From(x)))),
            On([2, 2, 2], x => (x * 4).MatrixExp(), x => Each(x, Exact.Exp, 4)),
            On([0, 0], x => x.MatrixExp(), x => x)),
        new("MatrixNorm", null,
            On([2, 3], x => x.MatrixNorm(), x => x.Reduce([0, 1], false, v => Math.Sqrt(v.Sum(a => a * a)))),
            On([2, 2, 3], x => x.MatrixNorm(keepDims: true), x => x.Reduce([1, 2], true, v => Math.Sqrt(v.Sum(a => a * a)))),
            On([3, 2], x => Spread(x).MatrixNorm(MatrixNormKind.Nuclear), x => Number(Exact.Svd(Spread(x)).S.Sum())),
            On([3, 2], x => Spread(x).MatrixNorm(MatrixNormKind.Spectral), x => Number(Exact.Svd(Spread(x)).S.Max())),
            On([2, 2], x => Spread(x).MatrixNorm(MatrixNormKind.LeastSingularValue), x => Number(Exact.Svd(Spread(x)).S.Min())),
            On([2, 3], x => x.MatrixNorm(MatrixNormKind.LargestColumn), x => Grid.Of([], _ => Enumerable.Range(0, 3).Max(j => Column(x, j).Sum(Math.Abs)))),
            On([2, 3], x => x.MatrixNorm(MatrixNormKind.SmallestColumn), x => Grid.Of([], _ => Enumerable.Range(0, 3).Min(j => Column(x, j).Sum(Math.Abs)))),
            On([2, 3], x => x.MatrixNorm(MatrixNormKind.LargestRow), x => Grid.Of([], _ => Enumerable.Range(0, 2).Max(i => Row(x, i).Sum(Math.Abs)))),
            On([2, 3], x => x.MatrixNorm(MatrixNormKind.SmallestRow), x => Grid.Of([], _ => Enumerable.Range(0, 2).Min(i => Row(x, i).Sum(Math.Abs)))),
            On([0, 2], x => x.MatrixNorm(), _ => Number(0))),
        new("MatrixPower", null,
            On([2, 2], x => x.MatrixPower(5), x => Exact.ToGrid(Power(Exact.From(x), 5))),
            On([3, 3], x => Far(x).MatrixPower(-2), x => Exact.ToGrid(Power(Exact.Inverse(Far(x)), 2))),
            On([2, 2], x => x.MatrixPower(1), x => x)),
        new("MatrixRank", null,
            On([3, 3], x => Far(x).MatrixRank(), _ => Number(3)),
            On([2, 3, 1], x => x.MatMul(x.T).MatrixRank(), _ => Grid.Of([2], _ => 1)),
            On([3, 0], x => x.MatrixRank(), _ => Number(0))) { Order = 0 },
        Of<PinverseOp>(
            On([3, 2], x => Spread(x).Pinverse(), x => Exact.ToGrid(Pinverse(Spread(x)))),
            On([2, 3], x => Spread(x).Pinverse(), x => Exact.ToGrid(Exact.Transpose(Pinverse(Exact.Transpose(Spread(x)))))),
            Stacked(x => Far(x).Pinverse(), x => Exact.Inverse(Far(x))),
            On([0, 3], x => x.Pinverse(), _ => Grid.Of([3, 0], _ => 0))) with { Large = [[60, 20, 20]] },
        Of<QrOp>(
            On([3, 2], x => Spread(x).Qr().Q, x => Exact.ToGrid(Exact.Qr(Spread(x)).Q)),
            On([3, 2], x => Spread(x).Qr().R, x => Exact.ToGrid(Exact.Qr(Spread(x)).R)),
            On([2, 3], x => Spread(x).Qr().R, x => Exact.ToGrid(Exact.Qr(Spread(x)).R)),
            Stacked(x => Far(x).Qr().Q, x => Exact.Qr(Far(x)).Q),
            On([3, 0], x => x.Qr().Q, x => x)) with { Large = [[60, 20, 20]] },
        Of<SlogDetOp>(
            On([3, 3], x => Far(x).SlogDet().LogAbsDet, x => Grid.Of([], _ => Math.Log((double)Exact.Det(Far(x))))),
            On([2, 2, 2], x => Far(-x).SlogDet().LogAbsDet, x => Grid.Of([2], i => Math.Log((double)Exact.Det(Far(x.Map(v => -v), i[0]))))),
            On([0, 0], x => x.SlogDet().LogAbsDet, _ => Number(0))) with { Large = [[600, 10, 10]] },
        Of<SolveOp>(
            new Variant(x => Far(x[0]).Solve(x[1]), x => Exact.ToGrid(Exact.Multiply(Exact.Inverse(Far(x[0])), Exact.From(x[1]))), Small([3, 3]), Operand.Of([3, 2])),
            new Variant(x => Far(x[0]).Solve(x[1]), x => Column(Exact.Multiply(Exact.Inverse(Far(x[0])), Upright(x[1]))), Small([3, 3]), Operand.Of([3])),
            new Variant(x => Far(x[0]).Solve(x[1], left: false), x => Exact.ToGrid(Exact.Multiply(Exact.From(x[1]), Exact.Inverse(Far(x[0])))), Small([2, 2]), Operand.Of([3, 2])),
            new Variant(x => Far(x[0]).Solve(x[1]), x => Each(x[0], (a, i, j) => Exact.Multiply(Exact.Inverse(a), Exact.From(x[1]))[i, j], isFar: true), Small([2, 2, 2]), Operand.Of([2, 2])),
            new Variant(x => x[0].Solve(x[1]), _ => Grid.Of([0, 2], _ => 0), Operand.Of([0, 0]), Operand.Of([0, 2]))) with { Large = [[60, 20, 20], [60, 20, 5]] },
        Of<SvdOp>(
            On([3, 3], x => Spread(x).Svd().S, x => Vector(Exact.Svd(Spread(x)).S)),
            On([3, 2], x => Spread(x).Svd().U, x => Exact.ToGrid(Exact.Svd(Spread(x)).U)),
            On([2, 3], x => Spread(x).Svd().Vh, x => Exact.ToGrid(Exact.Svd(Spread(x)).Vh)),
            On([2, 2, 2], x => Spread(x).SingularValues(), x => Grid.Of([2, 2], i => (double)Exact.Svd(Spread(x, i[0])).S[i[1]])),
            On([3, 0], x => x.Svd().U, x => x)) with { Large = [[60, 20, 20]] },
        Of<TriangularSolveOp>([.. Triangles()]) with { Large = [[60, 20, 20], [60, 20, 5]] },
    ];

    private static IEnumerable<Variant> Triangles()
    {
        foreach (bool upper in new[] { false, true })
        {
            foreach (bool transposed in new[] { false, true })
            {
                bool unit = upper == transposed;
                yield return new(
                    x => Far(x[0]).TriangularSolve(x[1], upper, transposed, unit),
                    x =>
                    {
                        decimal[,] a = Far(x[0]);
                        decimal[,] read = Exact.Of(2, 2, (i, j) => i == j ? (unit ? 1 : a[i, j]) : i < j == upper ? a[i, j] : 0);
                        return Exact.ToGrid(Exact.Multiply(Exact.Inverse(transposed ? Exact.Transpose(read) : read), Exact.From(x[1])));
                    },
                    Small([2, 2]), Operand.Of([2, 2]));
            }
        }
        yield return new(x => Far(x[0]).TriangularSolve(x[1]), x => Grid.Of([2, 1], i => i[0] == 0 ? x[1][0, 0] / (x[0][0, 0] + 4) : (x[1][1, 0] - x[0][1, 0] * x[1][0, 0] / (x[0][0, 0] + 4)) / (x[0][1, 1] + 4)), Small([2, 2]), Operand.Of([2, 1]));
        yield return new(x => x[0].TriangularSolve(x[1]), _ => Grid.Of([0], _ => 0), Operand.Of([0, 0]), Operand.Of([0]));
    }

    /// <summary>Samples that leave well-conditioned what is added to them.</summary>
    private static Operand Small(Shape shape) => Operand.Of(shape, -1, 1);

    // Far from singular.
    private static Tensor Far(Tensor x) => x + Tensor.Eye(x.Shape[^1], dtype: x.DType) * 4;

    private static decimal[,] Far(Grid x, params ReadOnlySpan<long> place) => Exact.AddDiagonal(Exact.From(x, place), 4, 4, 4, 4);

    // Eigenvalues and singular values far from each other.
    private static Tensor Spread(Tensor x) => x * 0.25 + Tensor.Eye(x.Shape[^2], x.Shape[^1], x.DType) * Tensor.Arange(2, 2 + 3 * x.Shape[^1], 3, x.DType);

    private static decimal[,] Spread(Grid x, params ReadOnlySpan<long> place)
    {
        decimal[,] a = Exact.From(x, place);
        return Exact.Of(a.GetLength(0), a.GetLength(1), (i, j) => a[i, j] / 4 + (i == j ? 2 + 3 * j : 0));
    }

    private static Variant Stacked(Func<Tensor, Tensor> function, Func<Grid, decimal[,]> reference) =>
        new(x => function(x[0]), x => Grid.Of([2, 2, 2], i => (double)reference(new([2, 2], x[0].Values[(int)(4 * i[0])..(int)(4 * i[0] + 4)]))[i[1], i[2]]), Small([2, 2, 2]));

    private static Grid Each(Grid x, Func<decimal[,], int, int, decimal> element, bool isFar = false) =>
        Grid.Of(x.Sizes, i => (double)element(isFar ? Far(x, i[0]) : Exact.From(x, i[0]), (int)i[1], (int)i[2]));

    private static Grid Each(Grid x, Func<decimal[,], decimal[,]> function, int factor) =>
        Grid.Of(x.Sizes, i => (double)function(Exact.From(x.Map(v => factor * v), i[0]))[i[1], i[2]]);

    private static Grid Number(decimal value) => Grid.Of([], _ => (double)value);

    private static Grid Vector(decimal[] values) => Grid.Of([values.Length], i => (double)values[i[0]]);

    private static Grid Column(decimal[,] a) => Grid.Of([a.GetLength(0)], i => (double)a[i[0], 0]);

    private static decimal[,] Upright(Grid vector) => Exact.From(new([vector.Sizes[0], 1], vector.Values));

    private static decimal[,] Cofactors(decimal[,] a) => Exact.Of(a.GetLength(0), a.GetLength(0), (i, j) => Exact.Cofactor(a, i, j));

    private static decimal[,] Power(decimal[,] a, int exponent) => Enumerable.Repeat(a, exponent).Aggregate(Exact.Multiply);

    // (AᵀA)⁻¹Aᵀ of a tall matrix.
    private static decimal[,] Pinverse(decimal[,] a) => Exact.Multiply(Exact.Inverse(Exact.Multiply(Exact.Transpose(a), a)), Exact.Transpose(a));

    private static decimal[,] LeastSquares(Grid[] x)
    {
        decimal[,] a = Spread(x[0]), right = x[1].Rank == 1 ? Upright(x[1]) : Exact.From(x[1]);
        return Exact.Multiply(a.GetLength(0) > a.GetLength(1) ? Pinverse(a) : Exact.Transpose(Pinverse(Exact.Transpose(a))), right);
    }
}
