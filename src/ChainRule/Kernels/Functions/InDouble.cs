using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>The rarer elementary functions as <see cref="ILane{V}"/> hands them to lanes of floats and doubles alike.</summary>
internal static class InDouble
{
    public readonly struct Log2 : IDoubleUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, IBitLane<V, double> => DoubleFunctions.Log2(x);
    }

    public readonly struct Log10 : IDoubleUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, IBitLane<V, double> => DoubleFunctions.Log10(x);
    }

    public readonly struct Exp2 : IDoubleUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, IBitLane<V, double> => DoubleFunctions.Exp2(x);
    }

    public readonly struct Tan : IDoubleUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, IBitLane<V, double> => DoubleFunctions.Tan(x);
    }

    public readonly struct Asin : IDoubleUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, IBitLane<V, double> => DoubleFunctions.Asin(x);
    }

    public readonly struct Acos : IDoubleUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, IBitLane<V, double> => DoubleFunctions.Acos(x);
    }

    public readonly struct Atan : IDoubleUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, IBitLane<V, double> => DoubleFunctions.Atan(x);
    }

    public readonly struct Sinh : IDoubleUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, IBitLane<V, double> => DoubleFunctions.Sinh(x);
    }

    public readonly struct Cosh : IDoubleUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, IBitLane<V, double> => DoubleFunctions.Cosh(x);
    }

    public readonly struct Asinh : IDoubleUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, IBitLane<V, double> => DoubleFunctions.Asinh(x);
    }

    public readonly struct Acosh : IDoubleUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, IBitLane<V, double> => DoubleFunctions.Acosh(x);
    }

    public readonly struct Atanh : IDoubleUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, IBitLane<V, double> => DoubleFunctions.Atanh(x);
    }

    public readonly struct Erfc : IDoubleUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, IBitLane<V, double> => DoubleFunctions.Erfc(x);
    }

    public readonly struct Erfinv : IDoubleUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, IBitLane<V, double> => DoubleFunctions.Erfinv(x);
    }

    public readonly struct LogGamma : IDoubleUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, IBitLane<V, double> => DoubleFunctions.LogGamma(x);
    }

    public readonly struct Digamma : IDoubleUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, IBitLane<V, double> => DoubleFunctions.Digamma(x);
    }

    public readonly struct Atan2 : IDoubleBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, IBitLane<V, double> => DoubleFunctions.Atan2(a, b);
    }
}
