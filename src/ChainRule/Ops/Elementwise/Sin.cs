using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The sine of each element, in radians.</summary>
    public Tensor Sin() => SinOp.Default.Apply(this);
}

/// <summary>y = sin x,  dy/dx = cos x.</summary>
internal sealed record SinOp() : UnaryOp<SinOp.Body>(default(Body))
{
    public static readonly SinOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => x.Cos();

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Sin(x);
    }
}
