using Row = System.Collections.Generic.KeyValuePair<string, System.Func<ChainRule.Tests.Reference.CallArguments, ChainRule.Tensor[], ChainRule.Tensor[]>>;

namespace ChainRule.Tests.Reference;

internal static partial class OperationsAdapter
{
    private static IEnumerable<Row> Layers =>
    [
        Call("conv1d", (with, x) => x[0].Conv1d(x[1], x[2], with.Int("stride"), with.Int("padding"), with.Int("dilation"), with.Int("groups"))),
        Call("conv2d", (with, x) => x[0].Conv2d(x[1], x[2], with.Int("stride"), with.Int("padding"), with.Int("dilation"), with.Int("groups"))),
        Call("conv_transpose2d", (with, x) => x[0].ConvTranspose2d(x[1], x[2], with.Int("stride"), with.Int("padding"), groups: with.Int("groups"), dilation: with.Int("dilation"))),
        Call("max_pool2d", (with, x) => x[0].MaxPool2d(with.Int("kernel"), with.Int("stride"), with.Int("padding"))),
        Call("avg_pool2d", (with, x) => x[0].AvgPool2d(with.Int("kernel"), with.Int("stride"), with.Int("padding"))),
        Call("adaptive_avg_pool2d", (with, x) => x[0].AdaptiveAvgPool2d(with.Ints("output_size"))),
        Call("layer_norm", (with, x) => x[0].LayerNorm(x[1].Shape, x[1], x[2], with.Number("eps"))),
        Call("group_norm", (with, x) => x[0].GroupNorm(with.Int("groups"), x[1], x[2], with.Number("eps"))),
        Call("batch_norm", (with, x) => x[0].BatchNorm(x[1], x[2], with.Number("eps"))),
        Call("scaled_dot_product_attention", (with, x) => x[0].ScaledDotProductAttention(x[1], x[2], isCausal: with.Flag("causal"))),
    ];
}
