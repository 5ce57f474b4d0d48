using Row = System.Collections.Generic.KeyValuePair<string, System.Func<ChainRule.Tests.Reference.CallArguments, ChainRule.Tensor[], ChainRule.Tensor[]>>;

namespace ChainRule.Tests.Reference;

internal static partial class OperationsAdapter
{
    private static IEnumerable<Row> Functions =>
    [
        Unary("log2", x => x.Log2()),
        Unary("log10", x => x.Log10()),
        Unary("tan", x => x.Tan()),
        Unary("asin", x => x.Asin()),
        Unary("acos", x => x.Acos()),
        Unary("atan", x => x.Atan()),
        Unary("sinh", x => x.Sinh()),
        Unary("cosh", x => x.Cosh()),
        Unary("asinh", x => x.Asinh()),
        Unary("acosh", x => x.Acosh()),
        Unary("atanh", x => x.Atanh()),
        Unary("erfc", x => x.Erfc()),
        Unary("softsign", x => x.Softsign()),
        Unary("silu", x => x.Silu()),
        Unary("mish", x => x.Mish()),
        Unary("selu", x => x.Selu()),
        Unary("hardswish", x => x.Hardswish()),
        Unary("hardsigmoid", x => x.Hardsigmoid()),
        Unary("relu6", x => x.Relu6()),
        Unary("logsigmoid", x => x.LogSigmoid()),
        Unary("floor", x => x.Floor()),
        Unary("ceil", x => x.Ceil()),
        Unary("round", x => x.Round()),
        Unary("trunc", x => x.Trunc()),
        Unary("lgamma", x => x.Lgamma()),
        Unary("sinc", x => x.Sinc()),
        Call("gelu", (with, x) => with.Text("approximate") == "tanh" ? x[0].GeluTanh() : x[0].Gelu()),
        Call("elu", (with, x) => x[0].Elu(with.Number("alpha"))),
        Binary("atan2", Tensor.Atan2),
        Binary("hypot", Tensor.Hypot),
        Binary("logaddexp", Tensor.LogAddExp),
    ];
}
