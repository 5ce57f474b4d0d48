using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The error function 2/√π ∫₀ˣ e^(-t²) dt of each element.</summary>
    public Tensor Erf() => ErfOp.Default.Apply(this);
}

/// <summary>y = erf x,  dy/dx = 2/√π e^(-x²).</summary>
internal sealed record ErfOp() : UnaryOp<ErfOp.Body>(default(Body))
{
    public static readonly ErfOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => (2 / Math.Sqrt(Math.PI)) * GaussianOp.Default.Apply(x);

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Erf(x);
    }
}
