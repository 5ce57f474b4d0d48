using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;
using static System.Runtime.CompilerServices.Unsafe;

namespace ChainRule.Kernels;

/// <summary>Four double values in a vector of 256 bits.</summary>
[method: MethodImpl(AggressiveInlining)]
internal readonly unsafe struct Double256(Vector256<double> value) : IBitLane<Double256, double>
{
    public readonly Vector256<double> Value = value;

    public static int Count => 4;

    [MethodImpl(AggressiveInlining)] public static Double256 operator +(Double256 a, Double256 b) => BitCast<Vector256<double>, Double256>(a.Value + b.Value);
    [MethodImpl(AggressiveInlining)] public static Double256 operator -(Double256 a, Double256 b) => BitCast<Vector256<double>, Double256>(a.Value - b.Value);
    [MethodImpl(AggressiveInlining)] public static Double256 operator *(Double256 a, Double256 b) => BitCast<Vector256<double>, Double256>(a.Value * b.Value);
    [MethodImpl(AggressiveInlining)] public static Double256 operator /(Double256 a, Double256 b) => BitCast<Vector256<double>, Double256>(a.Value / b.Value);
    [MethodImpl(AggressiveInlining)] public static Double256 operator -(Double256 a) => BitCast<Vector256<double>, Double256>(-a.Value);

    [MethodImpl(AggressiveInlining)] public static Double256 Constant(double value) => BitCast<Vector256<double>, Double256>(Vector256.Create(value));
    [MethodImpl(AggressiveInlining)] public static Double256 Broadcast(double value) => BitCast<Vector256<double>, Double256>(Vector256.Create(value));
    [MethodImpl(AggressiveInlining)] public static Double256 Load(double* source) => BitCast<Vector256<double>, Double256>(Vector256.Load(source));
    [MethodImpl(AggressiveInlining)] public static void Store(Double256 value, double* target) => value.Value.Store(target);

    [MethodImpl(AggressiveInlining)]
    public static Double256 Fma(Double256 a, Double256 b, Double256 c) => NumericMode.Portable ? Unfused(a, b, c) : BitCast<Vector256<double>, Double256>(Vector256.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(AggressiveInlining)]
    public static Double256 ExactFma(Double256 a, Double256 b, Double256 c) => NumericMode.Portable ? ExactMultiply.ThenAdd(a, b, c) : BitCast<Vector256<double>, Double256>(Vector256.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(AggressiveInlining)] private static Double256 Unfused(Double256 a, Double256 b, Double256 c) => a * b + c;

    [MethodImpl(AggressiveInlining)] public static Double256 Sqrt(Double256 a) => BitCast<Vector256<double>, Double256>(Vector256.Sqrt(a.Value));
    [MethodImpl(AggressiveInlining)] public static Double256 Abs(Double256 a) => BitCast<Vector256<double>, Double256>(Vector256.Abs(a.Value));
    [MethodImpl(AggressiveInlining)] public static Double256 Floor(Double256 a) => BitCast<Vector256<double>, Double256>(Vector256.Floor(a.Value));
    [MethodImpl(AggressiveInlining)] public static Double256 Ceiling(Double256 a) => BitCast<Vector256<double>, Double256>(Vector256.Ceiling(a.Value));
    [MethodImpl(AggressiveInlining)] public static Double256 Truncate(Double256 a) => BitCast<Vector256<double>, Double256>(Vector256.Truncate(a.Value));
    [MethodImpl(AggressiveInlining)] public static Double256 Round(Double256 a) => BitCast<Vector256<double>, Double256>(Vector256.Round(a.Value));

    // The processor's minimum gives its second operand where one is NaN or both are zero. Both orders
    // together have all bits of a NaN's exponent and the sign of a -0.
    [MethodImpl(AggressiveInlining)]
    public static Double256 Min(Double256 a, Double256 b) => BitCast<Vector256<double>, Double256>(Avx.Min(a.Value, b.Value) | Avx.Min(b.Value, a.Value));

    // As above, but the common bits, so that a -0 gives way; then NaN (all bits set) where one is.
    [MethodImpl(AggressiveInlining)]
    public static Double256 Max(Double256 a, Double256 b) =>
        BitCast<Vector256<double>, Double256>((Avx.Max(a.Value, b.Value) & Avx.Max(b.Value, a.Value)) | Avx.CompareUnordered(a.Value, b.Value));

    [MethodImpl(AggressiveInlining)] public static Double256 Lesser(Double256 a, Double256 b) => BitCast<Vector256<double>, Double256>(Avx.Min(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Double256 Greater(Double256 a, Double256 b) => BitCast<Vector256<double>, Double256>(Avx.Max(a.Value, b.Value));

    [MethodImpl(AggressiveInlining)] public static Double256 Equal(Double256 a, Double256 b) => BitCast<Vector256<double>, Double256>(Vector256.Equals(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Double256 LessThan(Double256 a, Double256 b) => BitCast<Vector256<double>, Double256>(Vector256.LessThan(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Double256 LessOrEqual(Double256 a, Double256 b) => BitCast<Vector256<double>, Double256>(Vector256.LessThanOrEqual(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Double256 Not(Double256 mask) => BitCast<Vector256<double>, Double256>(~mask.Value);
    [MethodImpl(AggressiveInlining)] public static Double256 And(Double256 mask, Double256 other) => BitCast<Vector256<double>, Double256>(mask.Value & other.Value);
    [MethodImpl(AggressiveInlining)] public static Double256 Or(Double256 mask, Double256 other) => BitCast<Vector256<double>, Double256>(mask.Value | other.Value);
    [MethodImpl(AggressiveInlining)] public static Double256 Select(Double256 mask, Double256 yes, Double256 no) => BitCast<Vector256<double>, Double256>(Vector256.ConditionalSelect(mask.Value, yes.Value, no.Value));
    [MethodImpl(AggressiveInlining)] public static bool Any(Double256 mask) => mask.Value.ExtractMostSignificantBits() != 0;

    [MethodImpl(AggressiveInlining)] public static Double256 Bits(long pattern) => BitCast<Vector256<double>, Double256>(Vector256.Create(pattern).AsDouble());
    [MethodImpl(AggressiveInlining)] public static Double256 BitAnd(Double256 a, Double256 b) => BitCast<Vector256<double>, Double256>(a.Value & b.Value);
    [MethodImpl(AggressiveInlining)] public static Double256 BitOr(Double256 a, Double256 b) => BitCast<Vector256<double>, Double256>(a.Value | b.Value);
    [MethodImpl(AggressiveInlining)] public static Double256 BitXor(Double256 a, Double256 b) => BitCast<Vector256<double>, Double256>(a.Value ^ b.Value);
    [MethodImpl(AggressiveInlining)] public static Double256 IntegerAdd(Double256 a, Double256 b) => BitCast<Vector256<double>, Double256>((a.Value.AsInt64() + b.Value.AsInt64()).AsDouble());
    [MethodImpl(AggressiveInlining)] public static Double256 IntegerSubtract(Double256 a, Double256 b) => BitCast<Vector256<double>, Double256>((a.Value.AsInt64() - b.Value.AsInt64()).AsDouble());
    [MethodImpl(AggressiveInlining)] public static Double256 ShiftLeft(Double256 a, int count) => BitCast<Vector256<double>, Double256>((a.Value.AsInt64() << count).AsDouble());
    [MethodImpl(AggressiveInlining)] public static Double256 ShiftRightLogical(Double256 a, int count) => BitCast<Vector256<double>, Double256>((a.Value.AsInt64() >>> count).AsDouble());

    [MethodImpl(AggressiveInlining)]
    public static Double256 Scale(Double256 a, Double256 exponent)
    {
        // Two factors of half the exponent each, since 2^exponent itself may be out of range. The sum's low bits
        // hold exponent + 2046, twice the bias; the shift to the exponent field drops all the others.
        var biased = (Vector256.Create(6755399441057790.0) + exponent.Value).AsInt64();
        var half = biased >>> 1;
        return BitCast<Vector256<double>, Double256>(a.Value * (half << 52).AsDouble() * ((biased - half) << 52).AsDouble());
    }

    [MethodImpl(AggressiveInlining)] public static Double256 Exp(Double256 a) => DoubleFunctions.Exp(a);
    [MethodImpl(AggressiveInlining)] public static Double256 Expm1(Double256 a) => DoubleFunctions.Expm1(a);
    [MethodImpl(AggressiveInlining)] public static Double256 Log(Double256 a) => DoubleFunctions.Log(a);
    [MethodImpl(AggressiveInlining)] public static Double256 Log1p(Double256 a) => DoubleFunctions.Log1p(a);
    [MethodImpl(AggressiveInlining)] public static Double256 Sin(Double256 a) => DoubleFunctions.Sin(a);
    [MethodImpl(AggressiveInlining)] public static Double256 Cos(Double256 a) => DoubleFunctions.Cos(a);
    [MethodImpl(AggressiveInlining)] public static Double256 Tanh(Double256 a) => DoubleFunctions.Tanh(a);
    [MethodImpl(AggressiveInlining)] public static Double256 Erf(Double256 a) => DoubleFunctions.Erf(a);
    [MethodImpl(AggressiveInlining)] public static Double256 Gelu(Double256 a) => DoubleFunctions.Gelu(a);
    [MethodImpl(AggressiveInlining)] public static Double256 GeluSlope(Double256 a) => DoubleFunctions.GeluSlope(a);
    [MethodImpl(AggressiveInlining)] public static Double256 Silu(Double256 a) => DoubleFunctions.Silu(a);
    [MethodImpl(AggressiveInlining)] public static Double256 Mish(Double256 a) => DoubleFunctions.Mish(a);
    [MethodImpl(AggressiveInlining)] public static Double256 Pow(Double256 a, Double256 exponent) => DoubleFunctions.Pow(a, exponent);

    [MethodImpl(NoInlining)]
    public static Double256 Modulo(Double256 a, Double256 b)
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

    [MethodImpl(AggressiveInlining)] public static Double256 InDouble<TFunction>(Double256 a, TFunction function) where TFunction : struct, IDoubleUnary => function.Invoke(a);
    [MethodImpl(AggressiveInlining)] public static Double256 InDouble<TFunction>(Double256 a, Double256 b, TFunction function) where TFunction : struct, IDoubleBinary => function.Invoke(a, b);

    [MethodImpl(NoInlining)]
    public static Double256 Map(Double256 a, Func<double, double> function)
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
    public static Double256 Gather(ReadOnlySpan<double> table, Double256 index)
    {
        var start = (double*)AsPointer(ref MemoryMarshal.GetReference(table));
        var i = index.Value.AsInt64();
        return BitCast<Vector256<double>, Double256>(Avx2.GatherVector256(start, i, 8));
    }

    [MethodImpl(AggressiveInlining)] public static Double256 LoadMask(byte* source) => BitCast<Vector256<double>, Double256>((-Avx2.ConvertToVector256Int64(Vector128.CreateScalar(*(uint*)source).AsByte())).AsDouble());

    [MethodImpl(AggressiveInlining)]
    public static void StoreMask(Double256 mask, byte* target)
    {
        // Bit i of the sign bits goes to byte i: the four copies of the product do not overlap there.
        *(uint*)target = (mask.Value.ExtractMostSignificantBits() * 0x00204081) & 0x01010101;
    }
}
