using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>x where x > 0, else α(e^x - 1): the exponential linear unit.</summary>
    /// <param name="alpha">What it tends to, negated, on the negative side.</param>
    public Tensor Elu(double alpha = 1) => new EluOp(Bounds.Finite(alpha, nameof(Elu), nameof(alpha))).Apply(this);
}

/// <summary>y = x where x > 0, else α(e^x - 1);  dy/dx = 1 or α e^x, at 0 the slope between 1 and α of least size. Clevert, Unterthiner and Hochreiter 2015.</summary>
internal sealed record EluOp(double Alpha) : UnaryOp<EluOp.Body>(new Body(Alpha))
{
    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y)
    {
        Tensor one = Tensor.ConstantLike(1, x);
        Tensor slope = Tensor.Where(x > 0, one, Alpha * Tensor.Where(x > 0, Tensor.ConstantLike(0, x), x).Exp());
        return Alpha == 1 ? slope : Tensor.Where(x.EqualTo(0), Tensor.ConstantLike(Math.Clamp(Alpha, 0, 1), x), slope);
    }

    public readonly struct Body(double alpha) : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> =>
            V.Select(V.LessThan(V.Constant(0), x), x, V.Constant(alpha) * V.Expm1(x));
    }
}
