using static ChainRule.Tests.Laws.OpCase;

namespace ChainRule.Tests.Laws;

internal static partial class OpCases
{
    private static IEnumerable<OpCase> Linear =>
    [
        Of<AddAtOp>(
            new Variant(x => new AddAtOp(1, 4).Apply(x[0], x[1]), x => AddAt(x[0], x[1], 1, 4), Operand.Of([2, 3, 2]), Operand.Positions([3], 2, 0, 2)),
            new Variant(x => new AddAtOp(0, 2).Apply(x[0], x[1]), x => AddAt(x[0], x[1], 0, 2), Operand.Of([3]), Operand.Positions([3], 1, -1, 0)),
            new Variant(x => new AddAtOp(0, 2).Apply(x[0], x[1]), x => Grid.Of([2], _ => 0), Operand.Of([0]), Operand.Positions([0]))),
        Of<BroadcastOp>(
            On([3, 1], x => x.Expand([2, 3, 4]), x => Grid.Of([2, 3, 4], i => x.Stretched(i))),
            On([], x => x.Expand([2, 2]), x => Grid.Of([2, 2], _ => x[[]])),
            On([1, 3], x => x.Expand([0, 3]), _ => Grid.Of([0, 3], _ => 0))),
        Of<CastOp>(On([2, 3], x => new CastOp(DType.Float64).Apply(x), x => x)),
        Of<ConcatOp>(
            new Variant(x => Tensor.Concat(x, 1), x => Grid.Of([2, 4], i => i[1] < 3 ? x[0][i] : x[1][i[0], i[1] - 3]), Operand.Of([2, 3]), Operand.Of([2, 1]), Operand.Of([2, 0])),
            new Variant(x => Tensor.Stack(x, -1), x => Grid.Of([3, 2], i => x[i[1]][i[0]]), Operand.Of([3]), Operand.Of([3])),
            new Variant(x => Tensor.Concat([x[0], x[0]]), x => Grid.Of([4], i => x[0][i[0] % 2]), Operand.Of([2])),
            On([5, 2], x => x.Split(2)[1], x => Grid.Of([2, 2], i => x[i[0] + 2, i[1]])),
            On([2, 5], x => x.Split([1, 4], 1)[1], x => Grid.Of([2, 4], i => x[i[0], i[1] + 1]))),
        Of<CopyOp>(On([2, 3], x => x.Clone(), x => x), On([0], x => x.Clone(), x => x), On([3, 2], x => x.T.Contiguous(), x => Grid.Of([2, 3], i => x[i[1], i[0]]))) with { Large = [[400, 500]] },
        Of<FlipOp>(
            On([2, 3], x => x.Flip(), x => Grid.Of([2, 3], i => x[1 - i[0], 2 - i[1]])),
            On([2, 3], x => x.Flip(-1), x => Grid.Of([2, 3], i => x[i[0], 2 - i[1]])),
            On([0, 3], x => x.Flip(), x => x)),
        Of<GatherOp>(
            new Variant(x => x[0].Gather(1, x[1]), x => Grid.Of([2, 2], i => x[0][i[0], (long)x[1][i] + (x[1][i] < 0 ? 3 : 0)]), Operand.Of([2, 3]), Operand.Positions([2, 2], 2, -1, 0, 2)),
            new Variant(x => x[0].Gather(0, x[1]), x => Grid.Of([3, 1], i => x[0][(long)x[1][i], i[1]]), Operand.Of([2, 2]), Operand.Positions([3, 1], 1, 1, 0)),
            new Variant(x => x[0].Gather(0, x[1]), _ => Grid.Of([0], _ => 0), Operand.Of([2]), Operand.Positions([0]))),
        Of<IdentityOp>(On([2, 3], IdentityOp.Default.Apply, x => x)),
        Of<PadOp>(
            On([2, 3], x => x.Pad(1, 1, 2, value: 3.5), x => Grid.Of([2, 6], i => i[1] is >= 1 and < 4 ? x[i[0], i[1] - 1] : 3.5)),
            On([0], x => x.Pad(0, 2, 0), _ => Grid.Of([2], _ => 0)),
            On([2, 2], x => new PadOp(0, 1, 5, 3, 0).Apply(x), x => Grid.Of([5, 2], i => i[0] % 3 == 1 ? x[i[0] / 3, i[1]] : 0))),
        Of<PermuteOp>(
            On([2, 3, 2], x => x.Permute(2, 0, 1), x => Grid.Of([2, 2, 3], i => x[i[1], i[2], i[0]])),
            On([2, 3], x => x.T, x => Grid.Of([3, 2], i => x[i[1], i[0]])),
            On([2, 0, 3], x => x.Transpose(0, -1), _ => Grid.Of([3, 0, 2], _ => 0)),
            On([], x => x.Permute(), x => x)),
        Of<ReshapeOp>(
            On([2, 3], x => x.Reshape(3, -1), x => new([3, 2], x.Values)),
            On([2, 3, 2], x => x.Flatten(1), x => new([2, 6], x.Values)),
            On([2, 3, 2], x => x.Transpose(0, 2).Reshape(6, 2), x => new([6, 2], Grid.Of([2, 3, 2], i => x[i[2], i[1], i[0]]).Values)),
            On([1, 3, 1], x => x.Squeeze().Unsqueeze(-1), x => new([3, 1], x.Values)),
            On([], x => x.Unsqueeze(0), x => new([1], x.Values)),
            On([2, 0], x => x.Reshape(0, 5), x => new([0, 5], x.Values))),
        Of<ScatterAddOp>(
            new Variant(x => new ScatterAddOp(0, 3).Apply(x[0], x[1]), x => ScatterAdd(x[0], x[1], 3), Operand.Of([2, 2]), Operand.Positions([2, 2], 2, 0, 2, 1)),
            new Variant(x => new ScatterAddOp(0, 3).Apply(x[0], x[1]), x => Grid.Of([3, 2], _ => 0), Operand.Of([0, 2]), Operand.Positions([0, 2])),
            new Variant(x => x[0].ScatterAdd(0, x[1], x[2]), x => Grid.Of([3, 2], i => x[0][i] + (i[1] == 0 ? ScatterAdd(x[2], x[1], 3)[i[0], 0] : 0)), Operand.Of([3, 2]), Operand.Positions([2, 1], -1, 2), Operand.Of([2, 1])),
            new Variant(x => x[0].ScatterAdd(1, x[1], x[2]), x => x[0].Map(v => v), Operand.Of([2, 2]), Operand.Positions([1, 0]), Operand.Of([2, 3]))),
        Of<SliceOp>(
            On([2, 5], x => x.Slice(1, 1, 2, 3), x => Grid.Of([2, 2], i => x[i[0], 1 + 3 * i[1]])),
            On([4], x => x.Slice(0, 4, 0), _ => Grid.Of([0], _ => 0)),
            On([3, 2, 4], x => x[^1, .., 1..3], x => Grid.Of([2, 2], i => x[2, i[0], i[1] + 1])),
            On([3, 4], x => x[.., 2], x => Grid.Of([3], i => x[i[0], 2]))),
        Of<SumOp>(
            On([2, 3, 4], x => x.Sum(), x => x.Reduce([0, 1, 2], false, Enumerable.Sum)),
            On([2, 3, 4], x => x.Sum(0), x => x.Reduce([0], false, Enumerable.Sum)),
            On([2, 3, 4], x => x.Sum(-1, keepDims: true), x => x.Reduce([2], true, Enumerable.Sum)),
            On([2, 3, 4], x => x.Sum([0, 2]), x => x.Reduce([0, 2], false, Enumerable.Sum)),
            On([2, 3, 4], x => x.Sum(1), x => x.Reduce([1], false, Enumerable.Sum)),
            On([], x => x.Sum(), x => x),
            On([0, 3], x => x.Sum(0), _ => Grid.Of([3], _ => 0)),
            On([3, 0], x => x.Sum(0), _ => Grid.Of([0], _ => 0))) with { Large = [[30, 80, 90]] },
        Of<TakeOp>(
            new Variant(x => x[0].Take(x[1], 1), x => Grid.Of([2, 2, 2], i => x[0][i[0], (long)x[1][i[1], i[2]] + (x[1][i[1], i[2]] < 0 ? 3 : 0)]), Operand.Of([2, 3]), Operand.Positions([2, 2], 2, 2, 0, -2)),
            new Variant(x => x[0][x[1]], _ => Grid.Of([0, 3], _ => 0), Operand.Of([2, 3]), Operand.Positions([0]))),
    ];

    private static Grid AddAt(Grid x, Grid positions, int axis, long size)
    {
        long[] sizes = Grid.With(x.Sizes, axis, size);
        return Grid.Of(sizes, place => Enumerable.Range(0, positions.Values.Length)
            .Where(j => ((long)positions.Values[j] + size) % size == place[axis])
            .Sum(j => x[Grid.With(place, axis, j)]));
    }

    private static Grid ScatterAdd(Grid x, Grid positions, long size) =>
        Grid.Of([size, x.Sizes[1]], place => Enumerable.Range(0, (int)x.Sizes[0])
            .Where(j => ((long)positions[j, place[1]] + size) % size == place[0])
            .Sum(j => x[j, place[1]]));
}
