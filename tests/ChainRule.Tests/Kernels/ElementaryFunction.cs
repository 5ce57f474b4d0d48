using ChainRule.Kernels;

namespace ChainRule.Tests.Kernels;

/// <summary>An elementary function by its name, on arrays, in lanes of a chosen width.</summary>
internal static unsafe class ElementaryFunction
{
    /// <summary>Applies the function to each pair; the length must be a multiple of the lane's count.</summary>
    public static double[] Run<V>(string function, double[] x, double[] y) where V : struct, IBitLane<V, double>
    {
        var results = new double[x.Length];
        fixed (double* px = x, py = y, target = results)
        {
            for (var i = 0; i < x.Length; i += V.Count)
            {
                V.Store(Apply(function, V.Load(px + i), V.Load(py + i)), target + i);
            }
        }
        return results;
    }

    /// <summary>The same in lanes of floats.</summary>
    public static float[] Run<V>(string function, float[] x, float[] y) where V : struct, IBitLane<V, float>
    {
        var results = new float[x.Length];
        fixed (float* px = x, py = y, target = results)
        {
            for (var i = 0; i < x.Length; i += V.Count)
            {
                V.Store(Apply(function, V.Load(px + i), V.Load(py + i)), target + i);
            }
        }
        return results;
    }

    public static double One(string function, double x, double y = 0) =>
        Apply(function, new Double1(x), new Double1(y)).Value;

    public static float One(string function, float x, float y = 0) =>
        Apply(function, new Single1(x), new Single1(y)).Value;

    private static V Apply<V>(string function, V x, V y) where V : struct, ILane<V> => function switch
    {
        "exp" => V.Exp(x),
        "expm1" => V.Expm1(x),
        "log" => V.Log(x),
        "log1p" => V.Log1p(x),
        "sin" => V.Sin(x),
        "cos" => V.Cos(x),
        "tanh" => V.Tanh(x),
        "erf" => V.Erf(x),
        "gelu" => V.Gelu(x),
        "gelu slope" => V.GeluSlope(x),
        "pow" => V.Pow(x, y),
        "log2" => V.Log2(x),
        "log10" => V.Log10(x),
        "exp2" => V.Exp2(x),
        "tan" => V.Tan(x),
        "asin" => V.Asin(x),
        "acos" => V.Acos(x),
        "atan" => V.Atan(x),
        "atan2" => V.Atan2(x, y),
        "sinh" => V.Sinh(x),
        "cosh" => V.Cosh(x),
        "asinh" => V.Asinh(x),
        "acosh" => V.Acosh(x),
        "atanh" => V.Atanh(x),
        "erfc" => V.Erfc(x),
        "erfinv" => V.Erfinv(x),
        "lgamma" => V.LogGamma(x),
        "digamma" => V.Digamma(x),
        _ => throw new ArgumentException(function),
    };
}
