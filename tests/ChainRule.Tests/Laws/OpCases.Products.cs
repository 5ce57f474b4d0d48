using static ChainRule.Tests.Laws.OpCase;

namespace ChainRule.Tests.Laws;

internal static partial class OpCases
{
    private static IEnumerable<OpCase> Products =>
    [
        new("Addmm", null,
            new Variant(x => x[0].Addmm(x[1], x[2], 0.5, -2), x => Grid.Of([2, 2], i => 0.5 * x[0][i[1]] - 2 * Dot(3, k => x[1][i[0], k] * x[2][k, i[1]])), Operand.Of([2]), Operand.Of([2, 3]), Operand.Of([3, 2])),
            new Variant(x => x[0].Addmm(x[1], x[2]), x => Grid.Of([2, 1], i => x[0][i]), Operand.Of([2, 1]), Operand.Of([2, 0]), Operand.Of([0, 1]))),
        new("Baddbmm", null,
            new Variant(x => x[0].Baddbmm(x[1], x[2], 2, 0.5), x => Grid.Of([2, 1, 2], i => 2 * x[0][0, i[2]] + 0.5 * Dot(2, k => x[1][i[0], 0, k] * x[2][i[0], k, i[2]])), Operand.Of([1, 2]), Operand.Of([2, 1, 2]), Operand.Of([2, 2, 2]))),
        new("BatchedMatMul", null,
            new Variant(x => x[0].BatchedMatMul(x[1]), x => Grid.Of([2, 1, 2], i => Dot(3, k => x[0][i[0], 0, k] * x[1][i[0], k, i[2]])), Operand.Of([2, 1, 3]), Operand.Of([2, 3, 2])),
            new Variant(x => x[0].BatchedMatMul(x[1]), _ => Grid.Of([0, 1, 2], _ => 0), Operand.Of([0, 1, 3]), Operand.Of([0, 3, 2]))),
        new("Cdist", null,
            Distances([2, 3], [3, 3], 2, v => Math.Sqrt(v.Sum(a => a * a))),
            Distances([2, 3], [2, 3], 1, v => v.Sum(Math.Abs)),
            Distances([2, 2], [2, 2], 3, v => Math.Pow(v.Sum(a => Math.Pow(Math.Abs(a), 3)), 1.0 / 3)),
            Distances([2, 2], [2, 2], 0.5, v => Math.Pow(v.Sum(a => Math.Sqrt(Math.Abs(a))), 2)),
            Distances([2, 3], [2, 3], Infinity, v => v.Max(Math.Abs)),
            new Variant(x => x[0].Cdist(x[1]), _ => Grid.Of([2, 0], _ => 0), Operand.Of([2, 3]), Operand.Of([0, 3]))),
        new("Cross", null,
            new Variant(x => x[0].Cross(x[1]), x => Grid.Of([2, 3], i => Cross(i[1], k => x[0][i[0], k], k => x[1][k])), Operand.Of([2, 3]), Operand.Of([3])),
            new Variant(x => x[0].Cross(x[1], axis: 0), x => Grid.Of([3, 2], i => Cross(i[0], k => x[0][k, i[1]], k => x[1][k, i[1]])), Operand.Of([3, 2]), Operand.Of([3, 2])),
            new Variant(x => x[0].Cross(x[1]), _ => Grid.Of([0, 3], _ => 0), Operand.Of([0, 3]), Operand.Of([0, 3]))),
        new("Dot", null,
            new Variant(x => x[0].Dot(x[1]), x => Grid.Of([], _ => Dot(3, k => x[0][k] * x[1][k])), Operand.Of([3]), Operand.Of([3])),
            new Variant(x => x[0].Dot(x[1]), _ => Grid.Of([], _ => 0), Operand.Of([0]), Operand.Of([0]))),
        new("Einsum", null,
            new Variant(x => Tensor.Einsum("bhqd,bhkd->bhqk", x), x => Grid.Of([2, 1, 2, 2], i => Dot(3, d => x[0][i[0], 0, i[2], d] * x[1][i[0], 0, i[3], d])), Operand.Of([2, 1, 2, 3]), Operand.Of([2, 1, 2, 3])),
            new Variant(x => Tensor.Einsum("i...i,j->j...", x), x => Grid.Of([2, 3], i => x[1][i[0]] * Dot(2, k => x[0][k, i[1], k])), Operand.Of([2, 3, 2]), Operand.Of([2])),
            new Variant(x => Tensor.Einsum("ij,jk,kl", x), x => Grid.Of([2, 2], i => Dot(3, j => Dot(2, k => x[0][i[0], j] * x[1][j, k] * x[2][k, i[1]]))), Operand.Of([2, 3]), Operand.Of([3, 2]), Operand.Of([2, 2])),
            On([3, 3], x => Tensor.Einsum("ii", x), x => Grid.Of([], _ => Dot(3, i => x[i, i]))),
            On([2, 0], x => Tensor.Einsum("ij->i", x), _ => Grid.Of([2], _ => 0))),
        new("Kron", null,
            new Variant(x => x[0].Kron(x[1]), x => Grid.Of([4, 3], i => x[0][i[0] / 2, i[1] / 3] * x[1][i[0] % 2, i[1] % 3]), Operand.Of([2, 1]), Operand.Of([2, 3])),
            new Variant(x => x[0].Kron(x[1]), x => Grid.Of([1, 4], i => x[0][i[1] / 2] * x[1][0, i[1] % 2]), Operand.Of([2]), Operand.Of([1, 2])),
            new Variant(x => x[0].Kron(x[1]), _ => Grid.Of([0], _ => 0), Operand.Of([0]), Operand.Of([2]))),
        new("MultiDot", null,
            new Variant(x => Tensor.MultiDot(x), x => Grid.Of([2, 2], i => Dot(3, j => Dot(1, k => x[0][i[0], j] * x[1][j, k] * x[2][k, i[1]]))), Operand.Of([2, 3]), Operand.Of([3, 1]), Operand.Of([1, 2])),
            new Variant(x => Tensor.MultiDot(x), x => Grid.Of([], _ => Dot(2, i => Dot(3, j => x[0][i] * x[1][i, j] * x[2][j]))), Operand.Of([2]), Operand.Of([2, 3]), Operand.Of([3])),
            new Variant(x => Tensor.MultiDot(x), _ => Grid.Of([0, 2], _ => 0), Operand.Of([0, 3]), Operand.Of([3, 2]))),
        new("Outer", null,
            new Variant(x => x[0].Outer(x[1]), x => Grid.Of([2, 3], i => x[0][i[0]] * x[1][i[1]]), Operand.Of([2]), Operand.Of([3])),
            new Variant(x => x[0].Outer(x[1]), _ => Grid.Of([2, 0], _ => 0), Operand.Of([2]), Operand.Of([0]))),
        new("PairwiseDistance", null,
            new Variant(x => x[0].PairwiseDistance(x[1]), x => Grid.Of([2], i => Math.Sqrt(Dot(3, k => Math.Pow(x[0][i[0], k] - x[1][k] + 1e-6, 2)))), Operand.Of([2, 3]), Operand.Of([3])),
            new Variant(x => x[0].PairwiseDistance(x[1], p: 1, epsilon: 0, keepDims: true), x => Grid.Of([2, 1], i => Dot(2, k => Math.Abs(x[0][i[0], k] - x[1][i[0], k]))), Operand.Of([2, 2]), Operand.Of([2, 2])),
            new Variant(x => x[0].PairwiseDistance(x[1]), _ => Grid.Of([0], _ => 0), Operand.Of([0, 2]), Operand.Of([0, 2]))),
        new("Tensordot", null,
            new Variant(x => x[0].Tensordot(x[1]), x => Grid.Of([2, 2], i => Dot(2, j => Dot(3, k => x[0][i[0], j, k] * x[1][j, k, i[1]]))), Operand.Of([2, 2, 3]), Operand.Of([2, 3, 2])),
            new Variant(x => x[0].Tensordot(x[1], 0, -1), x => Grid.Of([2, 1], i => Dot(3, k => x[0][k, i[0]] * x[1][0, k])), Operand.Of([3, 2]), Operand.Of([1, 3])),
            new Variant(x => x[0].Tensordot(x[1], 0), x => Grid.Of([2, 2], i => x[0][i[0]] * x[1][i[1]]), Operand.Of([2]), Operand.Of([2])),
            new Variant(x => x[0].Tensordot(x[1], 1), _ => Grid.Of([2, 2], _ => 0), Operand.Of([2, 0]), Operand.Of([0, 2]))),
        new("Vander", null,
            On([3], x => x.Vander(), x => Grid.Of([3, 3], i => Math.Pow(x[i[0]], 2 - i[1]))),
            On([2, 2], x => x.Vander(4, increasing: true), x => Grid.Of([2, 2, 4], i => Math.Pow(x[i[0], i[1]], i[2]))),
            On([0], x => x.Vander(), _ => Grid.Of([0, 0], _ => 0))),
    ];

    private static Variant Distances(Shape left, Shape right, double p, Func<double[], double> norm) =>
        new(x => x[0].Cdist(x[1], p), x => Grid.Of([left[0], right[0]], i => norm([.. Row(x[0], i[0]).Zip(Row(x[1], i[1]), (a, b) => a - b)])), Operand.Of(left, 0, 2), Operand.Of(right, 3, 8));

    private static double Cross(long i, Func<long, double> a, Func<long, double> b) =>
        a((i + 1) % 3) * b((i + 2) % 3) - a((i + 2) % 3) * b((i + 1) % 3);
}
