using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>2 to the power of each element, exact for integers.</summary>
    public Tensor Exp2() => Exp2Op.Default.Apply(this);
}

/// <summary>y = 2^x,  dy/dx = y ln 2.</summary>
internal sealed record Exp2Op() : UnaryOp<Exp2Op.Body>(default(Body))
{
    private const double Ln2 = 0.69314718055994531, LargeExponent = 100;

    public static readonly Exp2Op Default = new();

    public override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    // Half a step below infinity y overflows before the slope.
    protected override Partial Derivative(Tensor x, Tensor y) => Tensor.Where(x > LargeExponent, (x - 1).Exp2() * (2 * Ln2), y * Ln2);

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Exp2(x);
    }
}
