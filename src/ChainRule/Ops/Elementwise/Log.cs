using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The natural logarithm of each element; -inf at 0, NaN below.</summary>
    public Tensor Log() => LogOp.Default.Apply(this);
}

/// <summary>y = ln x,  dy/dx = 1/x.</summary>
internal sealed record LogOp() : UnaryOp<LogOp.Body>(default(Body))
{
    public static readonly LogOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => x.Reciprocal();

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Log(x);
    }
}
