using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The hyperbolic cosine (e^x + e^(-x))/2 of each element.</summary>
    public Tensor Cosh() => CoshOp.Default.Apply(this);
}

/// <summary>y = cosh x,  dy/dx = sinh x.</summary>
internal sealed record CoshOp() : UnaryOp<CoshOp.Body>(default(Body))
{
    public static readonly CoshOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => x.Sinh();

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Cosh(x);
    }
}
