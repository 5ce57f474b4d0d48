using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;
using static System.Runtime.CompilerServices.Unsafe;

namespace ChainRule.Kernels;

/// <summary>Sixteen float values in a vector of 512 bits.</summary>
[method: MethodImpl(AggressiveInlining)]
internal readonly unsafe struct Single512(Vector512<float> value) : IBitLane<Single512, float>
{
    public readonly Vector512<float> Value = value;

    public static int Count => 16;

    [MethodImpl(AggressiveInlining)] public static Single512 operator +(Single512 a, Single512 b) => BitCast<Vector512<float>, Single512>(a.Value + b.Value);
    [MethodImpl(AggressiveInlining)] public static Single512 operator -(Single512 a, Single512 b) => BitCast<Vector512<float>, Single512>(a.Value - b.Value);
    [MethodImpl(AggressiveInlining)] public static Single512 operator *(Single512 a, Single512 b) => BitCast<Vector512<float>, Single512>(a.Value * b.Value);
    [MethodImpl(AggressiveInlining)] public static Single512 operator /(Single512 a, Single512 b) => BitCast<Vector512<float>, Single512>(a.Value / b.Value);
    [MethodImpl(AggressiveInlining)] public static Single512 operator -(Single512 a) => BitCast<Vector512<float>, Single512>(-a.Value);

    [MethodImpl(AggressiveInlining)] public static Single512 Constant(double value) => BitCast<Vector512<float>, Single512>(Vector512.Create((float)value));
    [MethodImpl(AggressiveInlining)] public static Single512 Broadcast(float value) => BitCast<Vector512<float>, Single512>(Vector512.Create(value));
    [MethodImpl(AggressiveInlining)] public static Single512 Load(float* source) => BitCast<Vector512<float>, Single512>(Vector512.Load(source));
    [MethodImpl(AggressiveInlining)] public static void Store(Single512 value, float* target) => value.Value.Store(target);

    [MethodImpl(AggressiveInlining)]
    public static Single512 Fma(Single512 a, Single512 b, Single512 c) => NumericMode.Portable ? Unfused(a, b, c) : BitCast<Vector512<float>, Single512>(Vector512.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(AggressiveInlining)]
    public static Single512 ExactFma(Single512 a, Single512 b, Single512 c) => NumericMode.Portable ? BitCast<Vector512<float>, Single512>(ExactMultiply.ThenAdd(a.Value, b.Value, c.Value)) : BitCast<Vector512<float>, Single512>(Vector512.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(AggressiveInlining)] private static Single512 Unfused(Single512 a, Single512 b, Single512 c) => a * b + c;

    [MethodImpl(AggressiveInlining)] public static Single512 Sqrt(Single512 a) => BitCast<Vector512<float>, Single512>(Vector512.Sqrt(a.Value));
    [MethodImpl(AggressiveInlining)] public static Single512 Abs(Single512 a) => BitCast<Vector512<float>, Single512>(Vector512.Abs(a.Value));
    [MethodImpl(AggressiveInlining)] public static Single512 Floor(Single512 a) => BitCast<Vector512<float>, Single512>(Vector512.Floor(a.Value));
    [MethodImpl(AggressiveInlining)] public static Single512 Ceiling(Single512 a) => BitCast<Vector512<float>, Single512>(Vector512.Ceiling(a.Value));
    [MethodImpl(AggressiveInlining)] public static Single512 Truncate(Single512 a) => BitCast<Vector512<float>, Single512>(Vector512.Truncate(a.Value));
    [MethodImpl(AggressiveInlining)] public static Single512 Round(Single512 a) => BitCast<Vector512<float>, Single512>(Vector512.Round(a.Value));

    [MethodImpl(AggressiveInlining)] public static Single512 Min(Single512 a, Single512 b) => BitCast<Vector512<float>, Single512>(Vector512.Min(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Single512 Max(Single512 a, Single512 b) => BitCast<Vector512<float>, Single512>(Vector512.Max(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Single512 Lesser(Single512 a, Single512 b) => BitCast<Vector512<float>, Single512>(Avx512F.Min(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Single512 Greater(Single512 a, Single512 b) => BitCast<Vector512<float>, Single512>(Avx512F.Max(a.Value, b.Value));

    [MethodImpl(AggressiveInlining)] public static Single512 Equal(Single512 a, Single512 b) => BitCast<Vector512<float>, Single512>(Vector512.Equals(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Single512 LessThan(Single512 a, Single512 b) => BitCast<Vector512<float>, Single512>(Vector512.LessThan(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Single512 LessOrEqual(Single512 a, Single512 b) => BitCast<Vector512<float>, Single512>(Vector512.LessThanOrEqual(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Single512 Not(Single512 mask) => BitCast<Vector512<float>, Single512>(~mask.Value);
    [MethodImpl(AggressiveInlining)] public static Single512 And(Single512 mask, Single512 other) => BitCast<Vector512<float>, Single512>(mask.Value & other.Value);
    [MethodImpl(AggressiveInlining)] public static Single512 Or(Single512 mask, Single512 other) => BitCast<Vector512<float>, Single512>(mask.Value | other.Value);
    [MethodImpl(AggressiveInlining)] public static Single512 Select(Single512 mask, Single512 yes, Single512 no) => BitCast<Vector512<float>, Single512>(Vector512.ConditionalSelect(mask.Value, yes.Value, no.Value));
    [MethodImpl(AggressiveInlining)] public static bool Any(Single512 mask) => mask.Value.ExtractMostSignificantBits() != 0;

    [MethodImpl(AggressiveInlining)] public static Single512 Bits(long pattern) => BitCast<Vector512<float>, Single512>(Vector512.Create((int)pattern).AsSingle());
    [MethodImpl(AggressiveInlining)] public static Single512 BitAnd(Single512 a, Single512 b) => BitCast<Vector512<float>, Single512>(a.Value & b.Value);
    [MethodImpl(AggressiveInlining)] public static Single512 BitOr(Single512 a, Single512 b) => BitCast<Vector512<float>, Single512>(a.Value | b.Value);
    [MethodImpl(AggressiveInlining)] public static Single512 BitXor(Single512 a, Single512 b) => BitCast<Vector512<float>, Single512>(a.Value ^ b.Value);
    [MethodImpl(AggressiveInlining)] public static Single512 IntegerAdd(Single512 a, Single512 b) => BitCast<Vector512<float>, Single512>((a.Value.AsInt32() + b.Value.AsInt32()).AsSingle());
    [MethodImpl(AggressiveInlining)] public static Single512 IntegerSubtract(Single512 a, Single512 b) => BitCast<Vector512<float>, Single512>((a.Value.AsInt32() - b.Value.AsInt32()).AsSingle());
    [MethodImpl(AggressiveInlining)] public static Single512 ShiftLeft(Single512 a, int count) => BitCast<Vector512<float>, Single512>((a.Value.AsInt32() << count).AsSingle());
    [MethodImpl(AggressiveInlining)] public static Single512 ShiftRightLogical(Single512 a, int count) => BitCast<Vector512<float>, Single512>((a.Value.AsInt32() >>> count).AsSingle());

    [MethodImpl(AggressiveInlining)] public static Single512 Scale(Single512 a, Single512 exponent) => BitCast<Vector512<float>, Single512>(Avx512F.Scale(a.Value, exponent.Value));

    [MethodImpl(AggressiveInlining)] public static Single512 Exp(Single512 a) => SingleFunctions.Exp(a);
    [MethodImpl(AggressiveInlining)] public static Single512 Expm1(Single512 a) => SingleFunctions.Expm1(a);
    [MethodImpl(AggressiveInlining)] public static Single512 Log(Single512 a) => SingleFunctions.Log(a);
    [MethodImpl(AggressiveInlining)] public static Single512 Log1p(Single512 a) => SingleFunctions.Log1p(a);
    [MethodImpl(AggressiveInlining)] public static Single512 Sin(Single512 a) => SingleFunctions.Sin(a);
    [MethodImpl(AggressiveInlining)] public static Single512 Cos(Single512 a) => SingleFunctions.Cos(a);
    [MethodImpl(AggressiveInlining)] public static Single512 Tanh(Single512 a) => SingleFunctions.Tanh(a);
    [MethodImpl(AggressiveInlining)] public static Single512 Erf(Single512 a) => SingleFunctions.Erf(a);
    [MethodImpl(AggressiveInlining)] public static Single512 Gelu(Single512 a) => SingleFunctions.Gelu(a);
    [MethodImpl(AggressiveInlining)] public static Single512 GeluSlope(Single512 a) => SingleFunctions.GeluSlope(a);
    [MethodImpl(AggressiveInlining)] public static Single512 Silu(Single512 a) => SingleFunctions.Silu(a);
    [MethodImpl(AggressiveInlining)] public static Single512 Mish(Single512 a) => SingleFunctions.Mish(a);
    [MethodImpl(AggressiveInlining)] public static Single512 Pow(Single512 a, Single512 exponent) => SingleFunctions.Pow(a, exponent);

    [MethodImpl(NoInlining)]
    public static Single512 Modulo(Single512 a, Single512 b)
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
    public static Single512 InDouble<TFunction>(Single512 a, TFunction function) where TFunction : struct, IDoubleUnary
    {
        var (lower, upper) = Vector512.Widen(a.Value);
        return new(Vector512.Narrow(function.Invoke(new Double512(lower)).Value, function.Invoke(new Double512(upper)).Value));
    }

    [MethodImpl(NoInlining)]
    public static Single512 InDouble<TFunction>(Single512 a, Single512 b, TFunction function) where TFunction : struct, IDoubleBinary
    {
        var (lower, upper) = Vector512.Widen(a.Value);
        var (otherLower, otherUpper) = Vector512.Widen(b.Value);
        return new(Vector512.Narrow(function.Invoke(new Double512(lower), new Double512(otherLower)).Value, function.Invoke(new Double512(upper), new Double512(otherUpper)).Value));
    }

    [MethodImpl(NoInlining)]
    public static Single512 Map(Single512 a, Func<float, float> function)
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
    public static Single512 Gather(ReadOnlySpan<float> table, Single512 index)
    {
        var start = (float*)AsPointer(ref MemoryMarshal.GetReference(table));
        var i = index.Value.AsInt32();
        return BitCast<Vector512<float>, Single512>(Vector512.Create(Avx2.GatherVector256(start, i.GetLower(), 4), Avx2.GatherVector256(start, i.GetUpper(), 4)));
    }

    [MethodImpl(AggressiveInlining)] public static Single512 LoadMask(byte* source) => BitCast<Vector512<float>, Single512>((-Avx512F.ConvertToVector512Int32(Vector128.Load(source))).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static void StoreMask(Single512 mask, byte* target)
    {
        var ones = mask.Value.AsInt32() & Vector512.Create(1);
        Avx512F.ConvertToVector128Byte(ones).Store(target);
    }
}
