using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Wasm;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;
using static System.Runtime.CompilerServices.Unsafe;

namespace ChainRule.Kernels;

/// <summary>Two double values in a vector of 128 bits.</summary>
[method: MethodImpl(AggressiveInlining)]
internal readonly unsafe struct Double128(Vector128<double> value) : IBitLane<Double128, double>
{
    public readonly Vector128<double> Value = value;

    public static int Count => 2;

    [MethodImpl(AggressiveInlining)] public static Double128 operator +(Double128 a, Double128 b) => BitCast<Vector128<double>, Double128>(a.Value + b.Value);
    [MethodImpl(AggressiveInlining)] public static Double128 operator -(Double128 a, Double128 b) => BitCast<Vector128<double>, Double128>(a.Value - b.Value);
    [MethodImpl(AggressiveInlining)] public static Double128 operator *(Double128 a, Double128 b) => BitCast<Vector128<double>, Double128>(a.Value * b.Value);
    [MethodImpl(AggressiveInlining)] public static Double128 operator /(Double128 a, Double128 b) => BitCast<Vector128<double>, Double128>(a.Value / b.Value);
    [MethodImpl(AggressiveInlining)] public static Double128 operator -(Double128 a) => BitCast<Vector128<double>, Double128>(-a.Value);

    [MethodImpl(AggressiveInlining)] public static Double128 Constant(double value) => BitCast<Vector128<double>, Double128>(Vector128.Create(value));
    [MethodImpl(AggressiveInlining)] public static Double128 Broadcast(double value) => BitCast<Vector128<double>, Double128>(Vector128.Create(value));
    [MethodImpl(AggressiveInlining)] public static Double128 Load(double* source) => BitCast<Vector128<double>, Double128>(Vector128.Load(source));
    [MethodImpl(AggressiveInlining)] public static void Store(Double128 value, double* target) => value.Value.Store(target);

    [MethodImpl(AggressiveInlining)]
    public static Double128 Fma(Double128 a, Double128 b, Double128 c) => NumericMode.Portable ? Unfused(a, b, c) : BitCast<Vector128<double>, Double128>(Vector128.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(AggressiveInlining)]
    public static Double128 ExactFma(Double128 a, Double128 b, Double128 c) => NumericMode.Portable ? ExactMultiply.ThenAdd(a, b, c) : BitCast<Vector128<double>, Double128>(Vector128.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(AggressiveInlining)] private static Double128 Unfused(Double128 a, Double128 b, Double128 c) => a * b + c;

    [MethodImpl(AggressiveInlining)] public static Double128 Sqrt(Double128 a) => BitCast<Vector128<double>, Double128>(Vector128.Sqrt(a.Value));
    [MethodImpl(AggressiveInlining)] public static Double128 Abs(Double128 a) => BitCast<Vector128<double>, Double128>(Vector128.Abs(a.Value));
    [MethodImpl(AggressiveInlining)] public static Double128 Floor(Double128 a) => BitCast<Vector128<double>, Double128>(PackedSimd.IsSupported ? PackedSimd.Floor(a.Value) : Vector128.Floor(a.Value));
    [MethodImpl(AggressiveInlining)] public static Double128 Ceiling(Double128 a) => BitCast<Vector128<double>, Double128>(PackedSimd.IsSupported ? PackedSimd.Ceiling(a.Value) : Vector128.Ceiling(a.Value));
    [MethodImpl(AggressiveInlining)] public static Double128 Truncate(Double128 a) => BitCast<Vector128<double>, Double128>(PackedSimd.IsSupported ? PackedSimd.Truncate(a.Value) : Vector128.Truncate(a.Value));
    [MethodImpl(AggressiveInlining)] public static Double128 Round(Double128 a) => BitCast<Vector128<double>, Double128>(PackedSimd.IsSupported ? PackedSimd.RoundToNearest(a.Value) : Vector128.Round(a.Value));

    // The processor's minimum gives its second operand where one is NaN or both are zero. Both orders
    // together have all bits of a NaN's exponent and the sign of a -0.
    [MethodImpl(AggressiveInlining)]
    public static Double128 Min(Double128 a, Double128 b) => Sse2.IsSupported
        ? BitCast<Vector128<double>, Double128>(Sse2.Min(a.Value, b.Value) | Sse2.Min(b.Value, a.Value))
        : PackedSimd.IsSupported ? BitCast<Vector128<double>, Double128>(PackedSimd.Min(a.Value, b.Value))
        : BitCast<Vector128<double>, Double128>(Vector128.Min(a.Value, b.Value));

    // As above, but the common bits, so that a -0 gives way; then NaN (all bits set) where one is.
    [MethodImpl(AggressiveInlining)]
    public static Double128 Max(Double128 a, Double128 b) => Sse2.IsSupported
        ? BitCast<Vector128<double>, Double128>((Sse2.Max(a.Value, b.Value) & Sse2.Max(b.Value, a.Value)) | Sse2.CompareUnordered(a.Value, b.Value))
        : PackedSimd.IsSupported ? BitCast<Vector128<double>, Double128>(PackedSimd.Max(a.Value, b.Value))
        : BitCast<Vector128<double>, Double128>(Vector128.Max(a.Value, b.Value));

    [MethodImpl(AggressiveInlining)]
    public static Double128 Lesser(Double128 a, Double128 b) =>
        Sse2.IsSupported ? BitCast<Vector128<double>, Double128>(Sse2.Min(a.Value, b.Value))
        : PackedSimd.IsSupported ? BitCast<Vector128<double>, Double128>(PackedSimd.PseudoMin(b.Value, a.Value))
        : Select(LessThan(a, b), a, b);

    [MethodImpl(AggressiveInlining)]
    public static Double128 Greater(Double128 a, Double128 b) =>
        Sse2.IsSupported ? BitCast<Vector128<double>, Double128>(Sse2.Max(a.Value, b.Value))
        : PackedSimd.IsSupported ? BitCast<Vector128<double>, Double128>(PackedSimd.PseudoMax(b.Value, a.Value))
        : Select(LessThan(b, a), a, b);

    [MethodImpl(AggressiveInlining)] public static Double128 Equal(Double128 a, Double128 b) => BitCast<Vector128<double>, Double128>(Vector128.Equals(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Double128 LessThan(Double128 a, Double128 b) => BitCast<Vector128<double>, Double128>(Vector128.LessThan(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Double128 LessOrEqual(Double128 a, Double128 b) => BitCast<Vector128<double>, Double128>(Vector128.LessThanOrEqual(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Double128 Not(Double128 mask) => BitCast<Vector128<double>, Double128>(~mask.Value);
    [MethodImpl(AggressiveInlining)] public static Double128 And(Double128 mask, Double128 other) => BitCast<Vector128<double>, Double128>(mask.Value & other.Value);
    [MethodImpl(AggressiveInlining)] public static Double128 Or(Double128 mask, Double128 other) => BitCast<Vector128<double>, Double128>(mask.Value | other.Value);
    [MethodImpl(AggressiveInlining)] public static Double128 Select(Double128 mask, Double128 yes, Double128 no) => BitCast<Vector128<double>, Double128>(Vector128.ConditionalSelect(mask.Value, yes.Value, no.Value));
    [MethodImpl(AggressiveInlining)] public static bool Any(Double128 mask) => mask.Value.ExtractMostSignificantBits() != 0;

    [MethodImpl(AggressiveInlining)] public static Double128 Bits(long pattern) => BitCast<Vector128<double>, Double128>(Vector128.Create(pattern).AsDouble());
    [MethodImpl(AggressiveInlining)] public static Double128 BitAnd(Double128 a, Double128 b) => BitCast<Vector128<double>, Double128>(a.Value & b.Value);
    [MethodImpl(AggressiveInlining)] public static Double128 BitOr(Double128 a, Double128 b) => BitCast<Vector128<double>, Double128>(a.Value | b.Value);
    [MethodImpl(AggressiveInlining)] public static Double128 BitXor(Double128 a, Double128 b) => BitCast<Vector128<double>, Double128>(a.Value ^ b.Value);
    [MethodImpl(AggressiveInlining)] public static Double128 IntegerAdd(Double128 a, Double128 b) => BitCast<Vector128<double>, Double128>((a.Value.AsInt64() + b.Value.AsInt64()).AsDouble());
    [MethodImpl(AggressiveInlining)] public static Double128 IntegerSubtract(Double128 a, Double128 b) => BitCast<Vector128<double>, Double128>((a.Value.AsInt64() - b.Value.AsInt64()).AsDouble());
    [MethodImpl(AggressiveInlining)] public static Double128 ShiftLeft(Double128 a, int count) => BitCast<Vector128<double>, Double128>((a.Value.AsInt64() << count).AsDouble());
    [MethodImpl(AggressiveInlining)] public static Double128 ShiftRightLogical(Double128 a, int count) => BitCast<Vector128<double>, Double128>((a.Value.AsInt64() >>> count).AsDouble());

    [MethodImpl(AggressiveInlining)]
    public static Double128 Scale(Double128 a, Double128 exponent)
    {
        // Two factors of half the exponent each, since 2^exponent itself may be out of range. The sum's low bits
        // hold exponent + 2046, twice the bias; the shift to the exponent field drops all the others.
        var biased = (Vector128.Create(6755399441057790.0) + exponent.Value).AsInt64();
        var half = biased >>> 1;
        return BitCast<Vector128<double>, Double128>(a.Value * (half << 52).AsDouble() * ((biased - half) << 52).AsDouble());
    }

    [MethodImpl(AggressiveInlining)] public static Double128 Exp(Double128 a) => DoubleFunctions.Exp(a);
    [MethodImpl(AggressiveInlining)] public static Double128 Expm1(Double128 a) => DoubleFunctions.Expm1(a);
    [MethodImpl(AggressiveInlining)] public static Double128 Log(Double128 a) => DoubleFunctions.Log(a);
    [MethodImpl(AggressiveInlining)] public static Double128 Log1p(Double128 a) => DoubleFunctions.Log1p(a);
    [MethodImpl(AggressiveInlining)] public static Double128 Sin(Double128 a) => DoubleFunctions.Sin(a);
    [MethodImpl(AggressiveInlining)] public static Double128 Cos(Double128 a) => DoubleFunctions.Cos(a);
    [MethodImpl(AggressiveInlining)] public static Double128 Tanh(Double128 a) => DoubleFunctions.Tanh(a);
    [MethodImpl(AggressiveInlining)] public static Double128 Erf(Double128 a) => DoubleFunctions.Erf(a);
    [MethodImpl(AggressiveInlining)] public static Double128 Gelu(Double128 a) => DoubleFunctions.Gelu(a);
    [MethodImpl(AggressiveInlining)] public static Double128 GeluSlope(Double128 a) => DoubleFunctions.GeluSlope(a);
    [MethodImpl(AggressiveInlining)] public static Double128 Silu(Double128 a) => DoubleFunctions.Silu(a);
    [MethodImpl(AggressiveInlining)] public static Double128 Mish(Double128 a) => DoubleFunctions.Mish(a);
    [MethodImpl(AggressiveInlining)] public static Double128 Pow(Double128 a, Double128 exponent) => DoubleFunctions.Pow(a, exponent);

    [MethodImpl(NoInlining)]
    public static Double128 Modulo(Double128 a, Double128 b)
    {
        var elements = stackalloc double[2 * Count];
        Store(a, elements);
        Store(b, elements + Count);
        for (var i = 0; i < Count; i++)
        {
            elements[i] %= elements[Count + i];
        }
        return Load(elements);
    }

    [MethodImpl(AggressiveInlining)] public static Double128 InDouble<TFunction>(Double128 a, TFunction function) where TFunction : struct, IDoubleUnary => function.Invoke(a);
    [MethodImpl(AggressiveInlining)] public static Double128 InDouble<TFunction>(Double128 a, Double128 b, TFunction function) where TFunction : struct, IDoubleBinary => function.Invoke(a, b);

    [MethodImpl(NoInlining)]
    public static Double128 Map(Double128 a, Func<double, double> function)
    {
        var elements = stackalloc double[Count];
        Store(a, elements);
        for (var i = 0; i < Count; i++)
        {
            elements[i] = function(elements[i]);
        }
        return Load(elements);
    }

    [MethodImpl(AggressiveInlining)]
    public static Double128 Gather(ReadOnlySpan<double> table, Double128 index)
    {
        var start = (double*)AsPointer(ref MemoryMarshal.GetReference(table));
        var i = index.Value.AsInt64();
        return BitCast<Vector128<double>, Double128>(Vector128.Create(start[i.GetElement(0)], start[i.GetElement(1)]));
    }

    [MethodImpl(AggressiveInlining)] public static Double128 LoadMask(byte* source) => BitCast<Vector128<double>, Double128>((-Vector128.Create((long)source[0], source[1])).AsDouble());

    [MethodImpl(AggressiveInlining)]
    public static void StoreMask(Double128 mask, byte* target)
    {
        var bits = mask.Value.ExtractMostSignificantBits();
        target[0] = (byte)(bits & 1);
        target[1] = (byte)(bits >> 1);
    }
}
