using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The cosine of each element, in radians.</summary>
    public Tensor Cos() => CosOp.Default.Apply(this);
}

/// <summary>y = cos x,  dy/dx = -sin x.</summary>
internal sealed record CosOp() : UnaryOp<CosOp.Body>(default(Body))
{
    public static readonly CosOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => -x.Sin();

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Cos(x);
    }
}
