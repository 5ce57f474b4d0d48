namespace ChainRule.Explain.Symbols;

/// <summary>The functions of one number that an expression may use.</summary>
internal static class Functions
{
    private static readonly Function[] _all =
    [
        new("exp", x => x.Exp(), Math.Exp, u => u.Apply("exp")),
        new("expm1", x => x.Expm1(), SpecialValues.Expm1, u => u.Apply("exp")),
        new("exp2", x => x.Exp2(), x => Math.Pow(2, x), u => u.Table.Number(2).Apply("log") * u.Apply("exp2")),
        new("log", x => x.Log(), Math.Log, u => 1 / u, NotPositive),
        new("log2", x => x.Log2(), Math.Log2, u => 1 / (u * u.Table.Number(2).Apply("log")), NotPositive),
        new("log10", x => x.Log10(), Math.Log10, u => 1 / (u * u.Table.Number(10).Apply("log")), NotPositive),
        new("log1p", x => x.Log1p(), SpecialValues.Log1p, u => 1 / (1 + u), x => x <= -1 ? "the logarithm of 1 + u needs a u above -1" : null),
        new("sqrt", x => x.Sqrt(), Math.Sqrt, u => 1 / (2 * u.Apply("sqrt")), x => x < 0 ? "a negative number has no real square root" : null,
            x => x == 0 ? "the square root has a vertical tangent at 0: its derivative there is infinite" : null),
        new("square", x => x.Square(), x => x * x, u => 2 * u),
        new("reciprocal", x => x.Reciprocal(), x => 1 / x, u => -(1 / u.Power(2)), x => x == 0 ? "0 has no reciprocal" : null),
        new("sin", x => x.Sin(), Math.Sin, u => u.Apply("cos")),
        new("cos", x => x.Cos(), Math.Cos, u => -u.Apply("sin")),
        new("tan", x => x.Tan(), Math.Tan, u => 1 + u.Apply("tan").Power(2)),
        new("asin", x => x.Asin(), Math.Asin, u => 1 / (1 - u.Power(2)).Apply("sqrt"), NotInUnit, AtUnit),
        new("acos", x => x.Acos(), Math.Acos, u => -(1 / (1 - u.Power(2)).Apply("sqrt")), NotInUnit, AtUnit),
        new("atan", x => x.Atan(), Math.Atan, u => 1 / (1 + u.Power(2))),
        new("sinh", x => x.Sinh(), Math.Sinh, u => u.Apply("cosh")),
        new("cosh", x => x.Cosh(), Math.Cosh, u => u.Apply("sinh")),
        new("tanh", x => x.Tanh(), Math.Tanh, u => 1 - u.Apply("tanh").Power(2)),
        new("asinh", x => x.Asinh(), Math.Asinh, u => 1 / (1 + u.Power(2)).Apply("sqrt")),
        new("acosh", x => x.Acosh(), Math.Acosh, u => 1 / (u.Power(2) - u.Table.Number(1)).Apply("sqrt"), x => x < 1 ? "it needs a number of at least 1" : null, AtUnit),
        new("atanh", x => x.Atanh(), Math.Atanh, u => 1 / (1 - u.Power(2)), x => Math.Abs(x) >= 1 ? "it needs a number between -1 and 1" : null),
        new("sigmoid", x => x.Sigmoid(), SpecialValues.Sigmoid, u => u.Apply("sigmoid") * (1 - u.Apply("sigmoid"))),
        new("relu", x => x.Relu(), x => Math.Max(x, 0), u => u.Table.Larger(u, u.Table.Number(0), 0),
            Kink: x => x == 0 ? "relu has a kink at 0: its slope is 0 on the left and 1 on the right, and 0 is used" : null),
        new("softplus", x => x.Softplus(), SpecialValues.Softplus, u => u.Apply("sigmoid")),
        new("silu", x => x.Silu(), x => x * SpecialValues.Sigmoid(x), u => u.Apply("sigmoid") * (1 + u * (1 - u.Apply("sigmoid")))),
        new("gelu", x => x.Gelu(), x => x * (1 + SpecialValues.Erf(x / Math.Sqrt(2))) / 2,
            u => (1 + (u / u.Table.Number(2).Apply("sqrt")).Apply("erf")) / u.Table.Number(2)
                + u * (-(u.Power(2) / u.Table.Number(2))).Apply("exp") / (2 * u.Table.Constant("π", Math.PI)).Apply("sqrt")),
        new("erf", x => x.Erf(), SpecialValues.Erf, u => 2 / u.Table.Constant("π", Math.PI).Apply("sqrt") * (-u.Power(2)).Apply("exp")),
        new("abs", x => x.Abs(), Math.Abs, u => u.Apply("sign"),
            Kink: x => x == 0 ? "abs has a kink at 0: its slope is -1 on the left and 1 on the right, and 0 is used" : null),
        new("sign", x => x.Sign(), x => Math.Sign(x), u => u.Table.Number(0),
            Kink: x => x == 0 ? "sign jumps at 0: it has no derivative there, and 0 is used" : null),
    ];

    private static readonly Dictionary<string, Function> _byName = _all.ToDictionary(function => function.Name);

    public static IEnumerable<string> Names => _byName.Keys;

    public static bool Knows(string name) => _byName.ContainsKey(name);

    public static Function Of(string name) => _byName[name];

    private static string? NotPositive(double x) => x <= 0 ? "the logarithm is defined for numbers above 0 only" : null;

    private static string? NotInUnit(double x) => Math.Abs(x) > 1 ? "it needs a number from -1 to 1" : null;

    private static string? AtUnit(double x) => Math.Abs(x) == 1 ? "the tangent is vertical here: the derivative is infinite" : null;
}
