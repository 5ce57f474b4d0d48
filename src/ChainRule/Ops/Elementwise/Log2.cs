using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The logarithm to base 2 of each element, exact for powers of 2; -∞ at 0, NaN below.</summary>
    public Tensor Log2() => Log2Op.Default.Apply(this);
}

/// <summary>y = log₂ x,  dy/dx = 1/(x ln 2).</summary>
internal sealed record Log2Op() : UnaryOp<Log2Op.Body>(default(Body))
{
    private const double Log2E = 1.4426950408889634;

    public static readonly Log2Op Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => x.Reciprocal() * Log2E;

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Log2(x);
    }
}
