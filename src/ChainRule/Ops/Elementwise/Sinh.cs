using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The hyperbolic sine (e^x - e^(-x))/2 of each element.</summary>
    public Tensor Sinh() => SinhOp.Default.Apply(this);
}

/// <summary>y = sinh x,  dy/dx = cosh x.</summary>
internal sealed record SinhOp() : UnaryOp<SinhOp.Body>(default(Body))
{
    public static readonly SinhOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => x.Cosh();

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Sinh(x);
    }
}
