using ChainRule.Kernels;

namespace ChainRule.Tests.Kernels.Loops;

/// <summary>Small kernels of every arity, with and without a parameter.</summary>
internal static class Kernel
{
    /// <summary>factor * x.</summary>
    public readonly struct Scale(double factor) : IUnary
    {
        private readonly double _factor = factor;

        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Constant(_factor) * x;
    }

    /// <summary>a - 3 b: not commutative, so that operands cannot be exchanged.</summary>
    public readonly struct MinusTriple : IBinary
    {
        public V Invoke<V>(V a, V b) where V : struct, ILane<V> => a - V.Constant(3) * b;
    }

    /// <summary>a b - c.</summary>
    public readonly struct TimesMinus : ITernary
    {
        public V Invoke<V>(V a, V b, V c) where V : struct, ILane<V> => a * b - c;
    }

    public readonly struct Less : IBinary
    {
        public V Invoke<V>(V a, V b) where V : struct, ILane<V> => V.LessThan(a, b);
    }

    public readonly struct IsNegative : IUnary
    {
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.LessThan(x, V.Constant(0));
    }
}
