using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>x - tanh x of each element.</summary>
    public Tensor Tanhshrink() => TanhshrinkOp.Default.Apply(this);
}

/// <summary>y = x - tanh x, up to 1.5 by Lambert's continued fraction, in which nothing cancels,  dy/dx = tanh² x.</summary>
internal sealed record TanhshrinkOp() : UnaryOp<TanhshrinkOp.Body>(default(Body))
{
    public static readonly TanhshrinkOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => x.Tanh().Square();

    public readonly struct Body : IUnary
    {
        // Above, tanh x is at most 3/5 of x.
        private const double Border = 1.5;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> =>
            V.Select(V.LessThan(V.Abs(x), V.Constant(Border)), Small(x), x - V.Tanh(x));

        /// <summary>x K/(1 + K) with K = z/(3 + z/(5 + ... z/21)), z = x², as a ratio of polynomials, both times 3; relative error 2^-60.</summary>
        private static V Small<V>(V x) where V : struct, ILane<V>
        {
            V z = x * x, zLow = V.ExactFma(x, x, -z), one = V.Constant(1), three = V.Constant(3);
            V a = V.Fma(z, V.Constant(1.4182529293836974e-08), V.Constant(9.360469333932404e-06));
            a = V.Fma(a, z, V.Constant(0.0015037593984962407));
            a = V.Fma(a, z, V.Constant(0.0761904761904762));
            V b = V.Fma(z, V.Constant(1.4400722052203698e-08), V.Constant(9.828492800629024e-06));
            b = V.Fma(b, z, V.Constant(0.001651186790505676));
            b = V.Fma(b, z, V.Constant(0.09022556390977443));
            b = V.Fma(b, z, V.Constant(1.4285714285714286));

            // x z n / d with n = 1 + z a and d = 3 + z b: each with its rest, and one division.
            V n = V.Fma(z, a, one), nLow = V.Fma(zLow, a, V.ExactFma(z, a, one - n));
            V d = V.Fma(z, b, three), dLow = V.Fma(zLow, b, V.ExactFma(z, b, three - d));
            V cube = x * z, cubeLow = V.Fma(x, zLow, V.ExactFma(x, z, -cube));
            V p = cube * n, pLow = V.Fma(cube, nLow, V.Fma(cubeLow, n, V.ExactFma(cube, n, -p)));
            V inverse = one / d, y = p * inverse;
            // A zero keeps its sign.
            return V.Select(V.Equal(z, V.Constant(0)), cube, V.Fma(V.ExactFma(-y, d, p) + (pLow - y * dLow), inverse, y));
        }
    }
}
