using Row = System.Collections.Generic.KeyValuePair<string, System.Func<ChainRule.Tests.Reference.CallArguments, ChainRule.Tensor[], ChainRule.Tensor[]>>;

namespace ChainRule.Tests.Reference;

/// <summary>How the calls of the recorded operations are spelled here.</summary>
internal static partial class OperationsAdapter
{
    /// <summary>For each name in the file the call: arguments and inputs give the outputs.</summary>
    public static IReadOnlyDictionary<string, Func<CallArguments, Tensor[], Tensor[]>> All { get; } =
        new Dictionary<string, Func<CallArguments, Tensor[], Tensor[]>>([.. Elementwise, .. Reductions, .. Shapes, .. Products, .. Losses, .. Functions, .. Layers, .. Algebra, .. Indexing, .. Recurrent]);

    private static IEnumerable<Row> Elementwise =>
    [
        Unary("neg", x => -x),
        Unary("abs", x => x.Abs()),
        Unary("exp", x => x.Exp()),
        Unary("expm1", x => x.Expm1()),
        Unary("log", x => x.Log()),
        Unary("log1p", x => x.Log1p()),
        Unary("sqrt", x => x.Sqrt()),
        Unary("rsqrt", x => x.Rsqrt()),
        Unary("square", x => x.Square()),
        Unary("reciprocal", x => x.Reciprocal()),
        Unary("sin", x => x.Sin()),
        Unary("cos", x => x.Cos()),
        Unary("tanh", x => x.Tanh()),
        Unary("erf", x => x.Erf()),
        Unary("sigmoid", x => x.Sigmoid()),
        Unary("relu", x => x.Relu()),
        Unary("softplus", x => x.Softplus()),
        Unary("sign", x => x.Sign()),
        Call("leaky_relu", (with, x) => x[0].LeakyRelu(with.Number("negative_slope"))),
        Call("clamp", (with, x) => x[0].Clamp(with.Number("min", double.NegativeInfinity), with.Number("max", double.PositiveInfinity))),
        Call("pow_scalar", (with, x) => x[0].Pow(with.Number("exponent"))),
        Binary("add", (a, b) => a + b),
        Binary("sub", (a, b) => a - b),
        Binary("mul", (a, b) => a * b),
        Binary("div", (a, b) => a / b),
        Binary("pow", (a, b) => a.Pow(b)),
        Binary("maximum", Tensor.Maximum),
        Binary("minimum", Tensor.Minimum),
        Binary("greater", (a, b) => a > b),
        Call("where", (_, x) => Tensor.Where(x[0], x[1], x[2])),
    ];

    private static IEnumerable<Row> Reductions =>
    [
        Call("sum", (with, x) => x[0].Sum(with.Over(), with.Flag("keepdim"))),
        Call("mean", (with, x) => x[0].Mean(with.Over(), with.Flag("keepdim"))),
        Call("var", (with, x) => x[0].Var(with.Over(), with.Number("correction"), with.Flag("keepdim"))),
        Call("std", (with, x) => x[0].Std(with.Over(), with.Number("correction"), with.Flag("keepdim"))),
        Call("logsumexp", (with, x) => x[0].LogSumExp(with.Over(), with.Flag("keepdim"))),
        Call("amax", (with, x) => x[0].Max(with.Over(), with.Flag("keepdim"))),
        Call("amin", (with, x) => x[0].Min(with.Over(), with.Flag("keepdim"))),
        Call("argmax", (with, x) => x[0].ArgMax(with.Int("dim"), with.Flag("keepdim"))),
        Call("softmax", (with, x) => x[0].Softmax(with.Int("dim"))),
        Call("log_softmax", (with, x) => x[0].LogSoftmax(with.Int("dim"))),
    ];

    private static Row Unary(string name, Func<Tensor, Tensor> function) => Call(name, (_, x) => function(x[0]));

    private static Row Binary(string name, Func<Tensor, Tensor, Tensor> function) => Call(name, (_, x) => function(x[0], x[1]));

    private static Row Call(string name, Func<CallArguments, Tensor[], Tensor> function) => Several(name, (with, x) => [function(with, x)]);

    private static Row Several(string name, Func<CallArguments, Tensor[], Tensor[]> function) => new(name, function);
}
