using Row = System.Collections.Generic.KeyValuePair<string, System.Func<ChainRule.Tests.Reference.CallArguments, ChainRule.Tensor[], ChainRule.Tensor[]>>;

namespace ChainRule.Tests.Reference;

internal static partial class OperationsAdapter
{
    private static IEnumerable<Row> Indexing =>
    [
        Call("norm", (with, x) => x[0].Norm(with.Number("ord"), with.Over(), with.Flag("keepdim"))),
        Call("prod", (with, x) => x[0].Prod(with.Over(), with.Flag("keepdim"))),
        Call("cumsum", (with, x) => x[0].CumulativeSum(with.Int("dim"))),
        Call("cumprod", (with, x) => x[0].CumulativeProd(with.Int("dim"))),
        Several("sort", (with, x) => { (Tensor values, Tensor positions) = x[0].Sort(with.Int("dim")); return [values, positions]; }),
        Several("topk", (with, x) => { (Tensor values, Tensor positions) = x[0].TopK(with.Int("k"), with.Int("dim")); return [values, positions]; }),
        Call("roll", (with, x) => x[0].Roll(with.Longs("shifts"), with.Ints("dims"))),
        Call("tile", (with, x) => x[0].Tile(with.Longs("repeats"))),
        Call("tril", (with, x) => x[0].Tril(with.Int("diagonal"))),
        Call("triu", (with, x) => x[0].Triu(with.Int("diagonal"))),
        Call("diagonal", (_, x) => x[0].Diagonal()),
        Call("trace", (_, x) => x[0].Trace()),
        Call("scatter_add", (with, x) => x[0].ScatterAdd(with.Int("dim"), x[1], x[2])),
        Call("masked_fill", (with, x) => x[0].MaskedFill(x[1], with.Number("value"))),
    ];
}
