using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;
using static System.Runtime.CompilerServices.Unsafe;

namespace ChainRule.Kernels;

/// <summary>Eight float values in a vector of 256 bits.</summary>
[method: MethodImpl(AggressiveInlining)]
internal readonly unsafe struct Single256(Vector256<float> value) : IBitLane<Single256, float>
{
    public readonly Vector256<float> Value = value;

    public static int Count => 8;

    [MethodImpl(AggressiveInlining)] public static Single256 operator +(Single256 a, Single256 b) => BitCast<Vector256<float>, Single256>(a.Value + b.Value);
    [MethodImpl(AggressiveInlining)] public static Single256 operator -(Single256 a, Single256 b) => BitCast<Vector256<float>, Single256>(a.Value - b.Value);
    [MethodImpl(AggressiveInlining)] public static Single256 operator *(Single256 a, Single256 b) => BitCast<Vector256<float>, Single256>(a.Value * b.Value);
    [MethodImpl(AggressiveInlining)] public static Single256 operator /(Single256 a, Single256 b) => BitCast<Vector256<float>, Single256>(a.Value / b.Value);
    [MethodImpl(AggressiveInlining)] public static Single256 operator -(Single256 a) => BitCast<Vector256<float>, Single256>(-a.Value);

    [MethodImpl(AggressiveInlining)] public static Single256 Constant(double value) => BitCast<Vector256<float>, Single256>(Vector256.Create((float)value));
    [MethodImpl(AggressiveInlining)] public static Single256 Broadcast(float value) => BitCast<Vector256<float>, Single256>(Vector256.Create(value));
    [MethodImpl(AggressiveInlining)] public static Single256 Load(float* source) => BitCast<Vector256<float>, Single256>(Vector256.Load(source));
    [MethodImpl(AggressiveInlining)] public static void Store(Single256 value, float* target) => value.Value.Store(target);

    [MethodImpl(AggressiveInlining)]
    public static Single256 Fma(Single256 a, Single256 b, Single256 c) => NumericMode.Portable ? Unfused(a, b, c) : BitCast<Vector256<float>, Single256>(Vector256.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(AggressiveInlining)]
    public static Single256 ExactFma(Single256 a, Single256 b, Single256 c) => NumericMode.Portable ? BitCast<Vector256<float>, Single256>(ExactMultiply.ThenAdd(a.Value, b.Value, c.Value)) : BitCast<Vector256<float>, Single256>(Vector256.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(AggressiveInlining)] private static Single256 Unfused(Single256 a, Single256 b, Single256 c) => a * b + c;

    [MethodImpl(AggressiveInlining)] public static Single256 Sqrt(Single256 a) => BitCast<Vector256<float>, Single256>(Vector256.Sqrt(a.Value));
    [MethodImpl(AggressiveInlining)] public static Single256 Abs(Single256 a) => BitCast<Vector256<float>, Single256>(Vector256.Abs(a.Value));
    [MethodImpl(AggressiveInlining)] public static Single256 Floor(Single256 a) => BitCast<Vector256<float>, Single256>(Vector256.Floor(a.Value));
    [MethodImpl(AggressiveInlining)] public static Single256 Ceiling(Single256 a) => BitCast<Vector256<float>, Single256>(Vector256.Ceiling(a.Value));
    [MethodImpl(AggressiveInlining)] public static Single256 Truncate(Single256 a) => BitCast<Vector256<float>, Single256>(Vector256.Truncate(a.Value));
    [MethodImpl(AggressiveInlining)] public static Single256 Round(Single256 a) => BitCast<Vector256<float>, Single256>(Vector256.Round(a.Value));

    // The processor's minimum gives its second operand where one is NaN or both are zero. Both orders
    // together have all bits of a NaN's exponent and the sign of a -0.
    [MethodImpl(AggressiveInlining)]
    public static Single256 Min(Single256 a, Single256 b) => BitCast<Vector256<float>, Single256>(Avx.Min(a.Value, b.Value) | Avx.Min(b.Value, a.Value));

    // As above, but the common bits, so that a -0 gives way; then NaN (all bits set) where one is.
    [MethodImpl(AggressiveInlining)]
    public static Single256 Max(Single256 a, Single256 b) =>
        BitCast<Vector256<float>, Single256>((Avx.Max(a.Value, b.Value) & Avx.Max(b.Value, a.Value)) | Avx.CompareUnordered(a.Value, b.Value));

    [MethodImpl(AggressiveInlining)] public static Single256 Lesser(Single256 a, Single256 b) => BitCast<Vector256<float>, Single256>(Avx.Min(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Single256 Greater(Single256 a, Single256 b) => BitCast<Vector256<float>, Single256>(Avx.Max(a.Value, b.Value));

    [MethodImpl(AggressiveInlining)] public static Single256 Equal(Single256 a, Single256 b) => BitCast<Vector256<float>, Single256>(Vector256.Equals(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Single256 LessThan(Single256 a, Single256 b) => BitCast<Vector256<float>, Single256>(Vector256.LessThan(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Single256 LessOrEqual(Single256 a, Single256 b) => BitCast<Vector256<float>, Single256>(Vector256.LessThanOrEqual(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Single256 Not(Single256 mask) => BitCast<Vector256<float>, Single256>(~mask.Value);
    [MethodImpl(AggressiveInlining)] public static Single256 And(Single256 mask, Single256 other) => BitCast<Vector256<float>, Single256>(mask.Value & other.Value);
    [MethodImpl(AggressiveInlining)] public static Single256 Or(Single256 mask, Single256 other) => BitCast<Vector256<float>, Single256>(mask.Value | other.Value);
    [MethodImpl(AggressiveInlining)] public static Single256 Select(Single256 mask, Single256 yes, Single256 no) => BitCast<Vector256<float>, Single256>(Vector256.ConditionalSelect(mask.Value, yes.Value, no.Value));
    [MethodImpl(AggressiveInlining)] public static bool Any(Single256 mask) => mask.Value.ExtractMostSignificantBits() != 0;

    [MethodImpl(AggressiveInlining)] public static Single256 Bits(long pattern) => BitCast<Vector256<float>, Single256>(Vector256.Create((int)pattern).AsSingle());
    [MethodImpl(AggressiveInlining)] public static Single256 BitAnd(Single256 a, Single256 b) => BitCast<Vector256<float>, Single256>(a.Value & b.Value);
    [MethodImpl(AggressiveInlining)] public static Single256 BitOr(Single256 a, Single256 b) => BitCast<Vector256<float>, Single256>(a.Value | b.Value);
    [MethodImpl(AggressiveInlining)] public static Single256 BitXor(Single256 a, Single256 b) => BitCast<Vector256<float>, Single256>(a.Value ^ b.Value);
    [MethodImpl(AggressiveInlining)] public static Single256 IntegerAdd(Single256 a, Single256 b) => BitCast<Vector256<float>, Single256>((a.Value.AsInt32() + b.Value.AsInt32()).AsSingle());
    [MethodImpl(AggressiveInlining)] public static Single256 IntegerSubtract(Single256 a, Single256 b) => BitCast<Vector256<float>, Single256>((a.Value.AsInt32() - b.Value.AsInt32()).AsSingle());
    [MethodImpl(AggressiveInlining)] public static Single256 ShiftLeft(Single256 a, int count) => BitCast<Vector256<float>, Single256>((a.Value.AsInt32() << count).AsSingle());
    [MethodImpl(AggressiveInlining)] public static Single256 ShiftRightLogical(Single256 a, int count) => BitCast<Vector256<float>, Single256>((a.Value.AsInt32() >>> count).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static Single256 Scale(Single256 a, Single256 exponent)
    {
        // Two factors of half the exponent each, since 2^exponent itself may be out of range. The sum's low bits
        // hold exponent + 254, twice the bias; the shift to the exponent field drops all the others.
        var biased = (Vector256.Create(12583166f) + exponent.Value).AsInt32();
        var half = biased >>> 1;
        return BitCast<Vector256<float>, Single256>(a.Value * (half << 23).AsSingle() * ((biased - half) << 23).AsSingle());
    }

    [MethodImpl(AggressiveInlining)] public static Single256 Exp(Single256 a) => SingleFunctions.Exp(a);
    [MethodImpl(AggressiveInlining)] public static Single256 Expm1(Single256 a) => SingleFunctions.Expm1(a);
    [MethodImpl(AggressiveInlining)] public static Single256 Log(Single256 a) => SingleFunctions.Log(a);
    [MethodImpl(AggressiveInlining)] public static Single256 Log1p(Single256 a) => SingleFunctions.Log1p(a);
    [MethodImpl(AggressiveInlining)] public static Single256 Sin(Single256 a) => SingleFunctions.Sin(a);
    [MethodImpl(AggressiveInlining)] public static Single256 Cos(Single256 a) => SingleFunctions.Cos(a);
    [MethodImpl(AggressiveInlining)] public static Single256 Tanh(Single256 a) => SingleFunctions.Tanh(a);
    [MethodImpl(AggressiveInlining)] public static Single256 Erf(Single256 a) => SingleFunctions.Erf(a);
    [MethodImpl(AggressiveInlining)] public static Single256 Gelu(Single256 a) => SingleFunctions.Gelu(a);
    [MethodImpl(AggressiveInlining)] public static Single256 GeluSlope(Single256 a) => SingleFunctions.GeluSlope(a);
    [MethodImpl(AggressiveInlining)] public static Single256 Silu(Single256 a) => SingleFunctions.Silu(a);
    [MethodImpl(AggressiveInlining)] public static Single256 Mish(Single256 a) => SingleFunctions.Mish(a);
    [MethodImpl(AggressiveInlining)] public static Single256 Pow(Single256 a, Single256 exponent) => SingleFunctions.Pow(a, exponent);

    [MethodImpl(NoInlining)]
    public static Single256 Modulo(Single256 a, Single256 b)
    {
        var elements = stackalloc float[2 * Count];
        Store(a, elements);
        Store(b, elements + Count);
        for (var i = 0; i < Count; i++)
        {
            elements[i] %= elements[Count + i];
        }
        return Load(elements);
    }

    [MethodImpl(NoInlining)]
    public static Single256 InDouble<TFunction>(Single256 a, TFunction function) where TFunction : struct, IDoubleUnary
    {
        var (lower, upper) = Vector256.Widen(a.Value);
        return new(Vector256.Narrow(function.Invoke(new Double256(lower)).Value, function.Invoke(new Double256(upper)).Value));
    }

    [MethodImpl(NoInlining)]
    public static Single256 InDouble<TFunction>(Single256 a, Single256 b, TFunction function) where TFunction : struct, IDoubleBinary
    {
        var (lower, upper) = Vector256.Widen(a.Value);
        var (otherLower, otherUpper) = Vector256.Widen(b.Value);
        return new(Vector256.Narrow(function.Invoke(new Double256(lower), new Double256(otherLower)).Value, function.Invoke(new Double256(upper), new Double256(otherUpper)).Value));
    }

    [MethodImpl(NoInlining)]
    public static Single256 Map(Single256 a, Func<float, float> function)
    {
        var elements = stackalloc float[Count];
        Store(a, elements);
        for (var i = 0; i < Count; i++)
        {
            elements[i] = function(elements[i]);
        }
        return Load(elements);
    }

    [MethodImpl(AggressiveInlining)]
    public static Single256 Gather(ReadOnlySpan<float> table, Single256 index)
    {
        var start = (float*)AsPointer(ref MemoryMarshal.GetReference(table));
        var i = index.Value.AsInt32();
        return BitCast<Vector256<float>, Single256>(Avx2.GatherVector256(start, i, 4));
    }

    [MethodImpl(AggressiveInlining)] public static Single256 LoadMask(byte* source) => BitCast<Vector256<float>, Single256>((-Avx2.ConvertToVector256Int32(Vector128.CreateScalar(*(ulong*)source).AsByte())).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static void StoreMask(Single256 mask, byte* target)
    {
        var m = mask.Value.AsInt32();
        var halves = Vector128.Narrow(m.GetLower(), m.GetUpper());
        *(ulong*)target = Vector128.Narrow(halves, halves).AsUInt64().ToScalar() & 0x0101010101010101;
    }
}
