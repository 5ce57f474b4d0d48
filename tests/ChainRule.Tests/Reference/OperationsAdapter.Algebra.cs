using Row = System.Collections.Generic.KeyValuePair<string, System.Func<ChainRule.Tests.Reference.CallArguments, ChainRule.Tensor[], ChainRule.Tensor[]>>;

namespace ChainRule.Tests.Reference;

internal static partial class OperationsAdapter
{
    private static IEnumerable<Row> Algebra =>
    [
        Binary("outer", (a, b) => a.Outer(b)),
        Call("einsum", (with, x) => Tensor.Einsum(with.Text("equation"), x)),
        Unary("inverse", x => x.Inverse()),
        Unary("det", x => x.Det()),
        Unary("slogdet", x => x.SlogDet().LogAbsDet),                    // the file records the logarithm alone
        Binary("solve", (a, b) => a.Solve(b)),
        Unary("cholesky", x => x.Cholesky()),
    ];
}
