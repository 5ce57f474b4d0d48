using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The logarithm to base 10 of each element, exact for powers of 10; -∞ at 0, NaN below.</summary>
    public Tensor Log10() => Log10Op.Default.Apply(this);
}

/// <summary>y = log₁₀ x,  dy/dx = 1/(x ln 10).</summary>
internal sealed record Log10Op() : UnaryOp<Log10Op.Body>(default(Body))
{
    private const double Log10E = 0.43429448190325182765;

    public static readonly Log10Op Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => Log10E / x; // x ln 10 might overflow

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Log10(x);
    }
}
