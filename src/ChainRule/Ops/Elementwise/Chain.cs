using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The chain rule for one operand: this cotangent times a derivative, exactly 0 where the cotangent is 0.</summary>
    internal Tensor Chain(Tensor derivative) => ChainOp.Default.Apply(this, derivative);
}

/// <summary>The chain rule for one element: y = cotangent·derivative, but exactly 0 where the cotangent is 0: a branch not taken contributes nothing, even if its derivative is infinite or NaN;  dy/da = b, dy/db = a.</summary>
internal sealed record ChainOp() : BinaryOp<ChainOp.Body>(default(Body))
{
    public static readonly ChainOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y) => operand == 0 ? b : a;

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V> => V.Select(V.Equal(a, V.Constant(0)), V.Constant(0), a * b);
    }
}
