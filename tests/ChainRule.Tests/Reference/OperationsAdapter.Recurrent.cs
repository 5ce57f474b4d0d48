using Row = System.Collections.Generic.KeyValuePair<string, System.Func<ChainRule.Tests.Reference.CallArguments, ChainRule.Tensor[], ChainRule.Tensor[]>>;

namespace ChainRule.Tests.Reference;

internal static partial class OperationsAdapter
{
    private static IEnumerable<Row> Recurrent =>
    [
        Call("rnn", (with, x) => x[0].Rnn(x[1], x[2], x[3], x[4], batchFirst: with.Flag("batch_first")).Output),
        Call("lstm", (with, x) => x[0].Lstm(x[1], x[2], x[3], x[4], batchFirst: with.Flag("batch_first")).Output),
        Call("gru", (with, x) => x[0].Gru(x[1], x[2], x[3], x[4], batchFirst: with.Flag("batch_first")).Output),
    ];
}
