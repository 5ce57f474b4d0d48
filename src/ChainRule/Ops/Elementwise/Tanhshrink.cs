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

        /// <summary>x K/(1 + K) with K = z/(3 + z/(5 + ... z/21)), z = x², as a ratio of polynomials; relative error 2^-60.</summary>
        private static V Small<V>(V x) where V : struct, ILane<V>
        {
            V z = x * x;
            V n = V.Fma(z, V.Constant(4.727509764612325e-09), V.Constant(3.1201564446441344e-06));
            n = V.Fma(n, z, V.Constant(0.0005012531328320802));
            n = V.Fma(n, z, V.Constant(0.025396825396825397));
            n = V.Fma(n, z, V.Constant(0.3333333333333333));
            V d = V.Fma(z, V.Constant(4.800240684067899e-09), V.Constant(3.2761642668763414e-06));
            d = V.Fma(d, z, V.Constant(0.0005503955968352253));
            d = V.Fma(d, z, V.Constant(0.03007518796992481));
            d = V.Fma(d, z, V.Constant(0.47619047619047616));
            d = V.Fma(d, z, V.Constant(1));
            return x * z * n / d;
        }
    }
}
