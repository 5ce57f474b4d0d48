namespace ChainRule.Samples.Portable;

/// <summary>Every function of one or two elements, on floats and on doubles.</summary>
internal static class Elementary
{
    public static IEnumerable<BitProgram> All
    {
        get
        {
            foreach ((string name, Func<Tensor, Tensor> function) in Functions)
            {
                yield return new($"{name} of floats", () => [function(Arguments(DType.Float32))]);
                yield return new($"{name} of doubles", () => [function(Arguments(DType.Float64))]);
            }
        }
    }

    private static (string Name, Func<Tensor, Tensor> Function)[] Functions =>
    [
        ("arithmetic", x => x * 3 + x / 7 - x * x),
        ("exp", x => x.Exp()), ("expm1", x => x.Expm1()), ("exp2", x => x.Exp2()),
        ("log", x => x.Log()), ("log1p", x => x.Log1p()), ("log2", x => x.Log2()), ("log10", x => x.Log10()),
        ("sin", x => x.Sin()), ("cos", x => x.Cos()), ("tan", x => x.Tan()),
        ("asin", x => x.Asin()), ("acos", x => x.Acos()), ("atan", x => x.Atan()), ("atan2", x => Tensor.Atan2(x, x.Flip(0))),
        ("sinh", x => x.Sinh()), ("cosh", x => x.Cosh()), ("tanh", x => x.Tanh()),
        ("asinh", x => x.Asinh()), ("acosh", x => x.Acosh()), ("atanh", x => x.Atanh()),
        ("erf", x => x.Erf()), ("erfc", x => x.Erfc()), ("erfinv", x => x.Erfinv()),
        ("lgamma", x => x.Lgamma()), ("digamma", x => x.Digamma()),
        ("gelu", x => x.Gelu()), ("gelu tanh", x => x.GeluTanh()), ("mish", x => x.Mish()), ("silu", x => x.Silu()),
        ("relu", x => x.Relu()), ("sigmoid", x => x.Sigmoid()), ("softplus", x => x.Softplus()), ("tanhshrink", x => x.Tanhshrink()),
        ("pow", x => x.Abs().Pow(x.Flip(0))), ("hypot", x => Tensor.Hypot(x, x.Flip(0))), ("sqrt", x => x.Abs().Sqrt()),
        ("maximum", x => Tensor.Maximum(x, x.Flip(0))), ("rsqrt", x => x.Rsqrt()),
    ];

    // An odd number: the loops have an edge on every width. Within [-1, 1], near 0, up to 40, and large.
    private static Tensor Arguments(DType dtype) => Tensor.Concat(
    [
        Tensor.Linspace(-1, 1, 201, dtype), Tensor.Linspace(-1e-3, 1e-3, 51, dtype), Tensor.Linspace(-40, 40, 200, dtype), Tensor.Linspace(-2000, 3000, 47, dtype),
    ], 0);
}
