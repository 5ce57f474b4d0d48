using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>x where x > 0, else α(e^x - 1): the exponential linear unit.</summary>
    /// <param name="alpha">What it tends to, negated, on the negative side.</param>
    public Tensor Elu(double alpha = 1) => new EluOp(Bounds.Finite(alpha, nameof(Elu), nameof(alpha)), 1).Apply(this);
}

/// <summary>y = x where x > 0, else α(e^x - 1), times a scale that is 1 but for selu;  dy/dx = 1 or α e^x, times the scale, at 0 the slope between 1 and α of least size. Clevert, Unterthiner and Hochreiter 2015.</summary>
internal sealed record EluOp(double Alpha, double Scale) : UnaryOp<EluOp.Body>(new Body(Alpha * Scale, Scale))
{
    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y)
    {
        Tensor above = Tensor.ConstantLike(Scale, x);
        Tensor slope = Tensor.Where(x > 0, above, Alpha * Scale * Tensor.Where(x > 0, Tensor.ConstantLike(0, x), x).Exp());
        return Alpha == 1 ? slope : Tensor.Where(x.EqualTo(0), Tensor.ConstantLike(Math.Clamp(Alpha, 0, 1) * Scale, x), slope);
    }

    public readonly struct Body(double below, double above) : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V>
        {
            // The rest of a zero could have the other sign.
            V y = V.Expm1(x), rest = ConstantRest.Of<V>(below);
            return V.Select(V.LessOrEqual(V.Constant(0), x), above == 1 ? x : V.Constant(above) * x, V.Fma(y, V.Constant(below), y * rest));
        }
    }
}
