using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.Wasm;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;
using static System.Runtime.CompilerServices.Unsafe;
using X86Fma = System.Runtime.Intrinsics.X86.Fma;

namespace ChainRule.Kernels;

/// <summary>Four float values in a vector of 128 bits.</summary>
[method: MethodImpl(AggressiveInlining)]
internal readonly unsafe struct Single128(Vector128<float> value) : IBitLane<Single128, float>
{
    public readonly Vector128<float> Value = value;

    public static int Count => 4;

    [MethodImpl(AggressiveInlining)] public static Single128 operator +(Single128 a, Single128 b) => BitCast<Vector128<float>, Single128>(a.Value + b.Value);
    [MethodImpl(AggressiveInlining)] public static Single128 operator -(Single128 a, Single128 b) => BitCast<Vector128<float>, Single128>(a.Value - b.Value);
    [MethodImpl(AggressiveInlining)] public static Single128 operator *(Single128 a, Single128 b) => BitCast<Vector128<float>, Single128>(a.Value * b.Value);
    [MethodImpl(AggressiveInlining)] public static Single128 operator /(Single128 a, Single128 b) => BitCast<Vector128<float>, Single128>(a.Value / b.Value);
    [MethodImpl(AggressiveInlining)] public static Single128 operator -(Single128 a) => BitCast<Vector128<float>, Single128>(-a.Value);

    [MethodImpl(AggressiveInlining)] public static Single128 Constant(double value) => BitCast<Vector128<float>, Single128>(Vector128.Create((float)value));
    [MethodImpl(AggressiveInlining)] public static Single128 Broadcast(float value) => BitCast<Vector128<float>, Single128>(Vector128.Create(value));
    [MethodImpl(AggressiveInlining)] public static Single128 Load(float* source) => BitCast<Vector128<float>, Single128>(Vector128.Load(source));
    [MethodImpl(AggressiveInlining)] public static void Store(Single128 value, float* target) => value.Value.Store(target);

    [MethodImpl(AggressiveInlining)]
    public static Single128 Fma(Single128 a, Single128 b, Single128 c) => NumericMode.Portable ? Unfused(a, b, c) : X86Fma.IsSupported || AdvSimd.IsSupported
        ? BitCast<Vector128<float>, Single128>(Vector128.FusedMultiplyAdd(a.Value, b.Value, c.Value))
        : BitCast<Vector128<float>, Single128>(FusedMultiply.InSoftware(a.Value, b.Value, c.Value));

    [MethodImpl(AggressiveInlining)]
    public static Single128 ExactFma(Single128 a, Single128 b, Single128 c) => NumericMode.Portable ? BitCast<Vector128<float>, Single128>(ExactMultiply.ThenAdd(a.Value, b.Value, c.Value)) : X86Fma.IsSupported || AdvSimd.IsSupported
        ? BitCast<Vector128<float>, Single128>(Vector128.FusedMultiplyAdd(a.Value, b.Value, c.Value))
        : BitCast<Vector128<float>, Single128>(FusedMultiply.InSoftware(a.Value, b.Value, c.Value));

    [MethodImpl(AggressiveInlining)] private static Single128 Unfused(Single128 a, Single128 b, Single128 c) => a * b + c;

    [MethodImpl(AggressiveInlining)] public static Single128 Sqrt(Single128 a) => BitCast<Vector128<float>, Single128>(Vector128.Sqrt(a.Value));
    [MethodImpl(AggressiveInlining)] public static Single128 Abs(Single128 a) => BitCast<Vector128<float>, Single128>(Vector128.Abs(a.Value));
    [MethodImpl(AggressiveInlining)] public static Single128 Floor(Single128 a) => BitCast<Vector128<float>, Single128>(PackedSimd.IsSupported ? PackedSimd.Floor(a.Value) : Vector128.Floor(a.Value));
    [MethodImpl(AggressiveInlining)] public static Single128 Ceiling(Single128 a) => BitCast<Vector128<float>, Single128>(PackedSimd.IsSupported ? PackedSimd.Ceiling(a.Value) : Vector128.Ceiling(a.Value));
    [MethodImpl(AggressiveInlining)] public static Single128 Truncate(Single128 a) => BitCast<Vector128<float>, Single128>(PackedSimd.IsSupported ? PackedSimd.Truncate(a.Value) : Vector128.Truncate(a.Value));
    [MethodImpl(AggressiveInlining)] public static Single128 Round(Single128 a) => BitCast<Vector128<float>, Single128>(PackedSimd.IsSupported ? PackedSimd.RoundToNearest(a.Value) : Vector128.Round(a.Value));

    // The processor's minimum gives its second operand where one is NaN or both are zero. Both orders
    // together have all bits of a NaN's exponent and the sign of a -0.
    [MethodImpl(AggressiveInlining)]
    public static Single128 Min(Single128 a, Single128 b) => Sse.IsSupported
        ? BitCast<Vector128<float>, Single128>(Sse.Min(a.Value, b.Value) | Sse.Min(b.Value, a.Value))
        : PackedSimd.IsSupported ? BitCast<Vector128<float>, Single128>(PackedSimd.Min(a.Value, b.Value))
        : BitCast<Vector128<float>, Single128>(Vector128.Min(a.Value, b.Value));

    // As above, but the common bits, so that a -0 gives way; then NaN (all bits set) where one is.
    [MethodImpl(AggressiveInlining)]
    public static Single128 Max(Single128 a, Single128 b) => Sse.IsSupported
        ? BitCast<Vector128<float>, Single128>((Sse.Max(a.Value, b.Value) & Sse.Max(b.Value, a.Value)) | Sse.CompareUnordered(a.Value, b.Value))
        : PackedSimd.IsSupported ? BitCast<Vector128<float>, Single128>(PackedSimd.Max(a.Value, b.Value))
        : BitCast<Vector128<float>, Single128>(Vector128.Max(a.Value, b.Value));

    [MethodImpl(AggressiveInlining)]
    public static Single128 Lesser(Single128 a, Single128 b) =>
        Sse.IsSupported ? BitCast<Vector128<float>, Single128>(Sse.Min(a.Value, b.Value))
        : PackedSimd.IsSupported ? BitCast<Vector128<float>, Single128>(PackedSimd.PseudoMin(b.Value, a.Value))
        : Select(LessThan(a, b), a, b);

    [MethodImpl(AggressiveInlining)]
    public static Single128 Greater(Single128 a, Single128 b) =>
        Sse.IsSupported ? BitCast<Vector128<float>, Single128>(Sse.Max(a.Value, b.Value))
        : PackedSimd.IsSupported ? BitCast<Vector128<float>, Single128>(PackedSimd.PseudoMax(b.Value, a.Value))
        : Select(LessThan(b, a), a, b);

    [MethodImpl(AggressiveInlining)] public static Single128 Equal(Single128 a, Single128 b) => BitCast<Vector128<float>, Single128>(Vector128.Equals(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Single128 LessThan(Single128 a, Single128 b) => BitCast<Vector128<float>, Single128>(Vector128.LessThan(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Single128 LessOrEqual(Single128 a, Single128 b) => BitCast<Vector128<float>, Single128>(Vector128.LessThanOrEqual(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Single128 Not(Single128 mask) => BitCast<Vector128<float>, Single128>(~mask.Value);
    [MethodImpl(AggressiveInlining)] public static Single128 And(Single128 mask, Single128 other) => BitCast<Vector128<float>, Single128>(mask.Value & other.Value);
    [MethodImpl(AggressiveInlining)] public static Single128 Or(Single128 mask, Single128 other) => BitCast<Vector128<float>, Single128>(mask.Value | other.Value);
    [MethodImpl(AggressiveInlining)] public static Single128 Select(Single128 mask, Single128 yes, Single128 no) => BitCast<Vector128<float>, Single128>(Vector128.ConditionalSelect(mask.Value, yes.Value, no.Value));
    [MethodImpl(AggressiveInlining)] public static bool Any(Single128 mask) => mask.Value.ExtractMostSignificantBits() != 0;

    [MethodImpl(AggressiveInlining)] public static Single128 Bits(long pattern) => BitCast<Vector128<float>, Single128>(Vector128.Create((int)pattern).AsSingle());
    [MethodImpl(AggressiveInlining)] public static Single128 BitAnd(Single128 a, Single128 b) => BitCast<Vector128<float>, Single128>(a.Value & b.Value);
    [MethodImpl(AggressiveInlining)] public static Single128 BitOr(Single128 a, Single128 b) => BitCast<Vector128<float>, Single128>(a.Value | b.Value);
    [MethodImpl(AggressiveInlining)] public static Single128 BitXor(Single128 a, Single128 b) => BitCast<Vector128<float>, Single128>(a.Value ^ b.Value);
    [MethodImpl(AggressiveInlining)] public static Single128 IntegerAdd(Single128 a, Single128 b) => BitCast<Vector128<float>, Single128>((a.Value.AsInt32() + b.Value.AsInt32()).AsSingle());
    [MethodImpl(AggressiveInlining)] public static Single128 IntegerSubtract(Single128 a, Single128 b) => BitCast<Vector128<float>, Single128>((a.Value.AsInt32() - b.Value.AsInt32()).AsSingle());
    [MethodImpl(AggressiveInlining)] public static Single128 ShiftLeft(Single128 a, int count) => BitCast<Vector128<float>, Single128>((a.Value.AsInt32() << count).AsSingle());
    [MethodImpl(AggressiveInlining)] public static Single128 ShiftRightLogical(Single128 a, int count) => BitCast<Vector128<float>, Single128>((a.Value.AsInt32() >>> count).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static Single128 Scale(Single128 a, Single128 exponent)
    {
        // Two factors of half the exponent each, since 2^exponent itself may be out of range. The sum's low bits
        // hold exponent + 254, twice the bias; the shift to the exponent field drops all the others.
        var biased = (Vector128.Create(12583166f) + exponent.Value).AsInt32();
        var half = biased >>> 1;
        return BitCast<Vector128<float>, Single128>(a.Value * (half << 23).AsSingle() * ((biased - half) << 23).AsSingle());
    }

    [MethodImpl(AggressiveInlining)] public static Single128 Exp(Single128 a) => SingleFunctions.Exp(a);
    [MethodImpl(AggressiveInlining)] public static Single128 Expm1(Single128 a) => SingleFunctions.Expm1(a);
    [MethodImpl(AggressiveInlining)] public static Single128 Log(Single128 a) => SingleFunctions.Log(a);
    [MethodImpl(AggressiveInlining)] public static Single128 Log1p(Single128 a) => SingleFunctions.Log1p(a);
    [MethodImpl(AggressiveInlining)] public static Single128 Sin(Single128 a) => SingleFunctions.Sin(a);
    [MethodImpl(AggressiveInlining)] public static Single128 Cos(Single128 a) => SingleFunctions.Cos(a);
    [MethodImpl(AggressiveInlining)] public static Single128 Tanh(Single128 a) => SingleFunctions.Tanh(a);
    [MethodImpl(AggressiveInlining)] public static Single128 Erf(Single128 a) => SingleFunctions.Erf(a);
    [MethodImpl(AggressiveInlining)] public static Single128 Gelu(Single128 a) => SingleFunctions.Gelu(a);
    [MethodImpl(AggressiveInlining)] public static Single128 GeluSlope(Single128 a) => SingleFunctions.GeluSlope(a);
    [MethodImpl(AggressiveInlining)] public static Single128 Silu(Single128 a) => SingleFunctions.Silu(a);
    [MethodImpl(AggressiveInlining)] public static Single128 Mish(Single128 a) => SingleFunctions.Mish(a);
    [MethodImpl(AggressiveInlining)] public static Single128 Pow(Single128 a, Single128 exponent) => SingleFunctions.Pow(a, exponent);

    [MethodImpl(NoInlining)]
    public static Single128 Modulo(Single128 a, Single128 b)
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
    public static Single128 InDouble<TFunction>(Single128 a, TFunction function) where TFunction : struct, IDoubleUnary
    {
        var (lower, upper) = Vector128.Widen(a.Value);
        return new(Vector128.Narrow(function.Invoke(new Double128(lower)).Value, function.Invoke(new Double128(upper)).Value));
    }

    [MethodImpl(NoInlining)]
    public static Single128 InDouble<TFunction>(Single128 a, Single128 b, TFunction function) where TFunction : struct, IDoubleBinary
    {
        var (lower, upper) = Vector128.Widen(a.Value);
        var (otherLower, otherUpper) = Vector128.Widen(b.Value);
        return new(Vector128.Narrow(function.Invoke(new Double128(lower), new Double128(otherLower)).Value, function.Invoke(new Double128(upper), new Double128(otherUpper)).Value));
    }

    [MethodImpl(NoInlining)]
    public static Single128 Map(Single128 a, Func<float, float> function)
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
    public static Single128 Gather(ReadOnlySpan<float> table, Single128 index)
    {
        var start = (float*)AsPointer(ref MemoryMarshal.GetReference(table));
        var i = index.Value.AsInt32();
        return BitCast<Vector128<float>, Single128>(Vector128.Create(start[i.GetElement(0)], start[i.GetElement(1)], start[i.GetElement(2)], start[i.GetElement(3)]));
    }

    [MethodImpl(AggressiveInlining)] public static Single128 LoadMask(byte* source) => BitCast<Vector128<float>, Single128>((-Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(*(uint*)source).AsByte())).AsInt32()).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static void StoreMask(Single128 mask, byte* target)
    {
        // Bit i of the sign bits goes to byte i: the four copies of the product do not overlap there.
        *(uint*)target = (mask.Value.ExtractMostSignificantBits() * 0x00204081) & 0x01010101;
    }
}
