using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>1/x of each element.</summary>
    public Tensor Reciprocal() => ReciprocalOp.Default.Apply(this);
}

/// <summary>y = 1/x,  dy/dx = -y².</summary>
internal sealed record ReciprocalOp() : UnaryOp<ReciprocalOp.Body>(default(Body))
{
    public static readonly ReciprocalOp Default = new();

    public override Keeps Keeps => Keeps.Output;

    protected override Partial Derivative(Tensor x, Tensor y) => -(y * y);

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Constant(1) / x;
    }
}
