using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The complement 1 - erf x of the error function, without loss where it is small.</summary>
    public Tensor Erfc() => ErfcOp.Default.Apply(this);
}

/// <summary>y = erfc x,  dy/dx = -2/√π e^(-x²).</summary>
internal sealed record ErfcOp() : UnaryOp<ErfcOp.Body>(default(Body))
{
    public static readonly ErfcOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => (-2 / Math.Sqrt(Math.PI)) * GaussianOp.Default.Apply(x);

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Erfc(x);
    }
}
