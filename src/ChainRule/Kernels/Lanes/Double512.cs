using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;
using static System.Runtime.CompilerServices.Unsafe;

namespace ChainRule.Kernels;

/// <summary>Eight double values in a vector of 512 bits.</summary>
[method: MethodImpl(AggressiveInlining)]
internal readonly unsafe struct Double512(Vector512<double> value) : IBitLane<Double512, double>
{
    public readonly Vector512<double> Value = value;

    public static int Count => 8;

    [MethodImpl(AggressiveInlining)] public static Double512 operator +(Double512 a, Double512 b) => BitCast<Vector512<double>, Double512>(a.Value + b.Value);
    [MethodImpl(AggressiveInlining)] public static Double512 operator -(Double512 a, Double512 b) => BitCast<Vector512<double>, Double512>(a.Value - b.Value);
    [MethodImpl(AggressiveInlining)] public static Double512 operator *(Double512 a, Double512 b) => BitCast<Vector512<double>, Double512>(a.Value * b.Value);
    [MethodImpl(AggressiveInlining)] public static Double512 operator /(Double512 a, Double512 b) => BitCast<Vector512<double>, Double512>(a.Value / b.Value);
    [MethodImpl(AggressiveInlining)] public static Double512 operator -(Double512 a) => BitCast<Vector512<double>, Double512>(-a.Value);

    [MethodImpl(AggressiveInlining)] public static Double512 Constant(double value) => BitCast<Vector512<double>, Double512>(Vector512.Create(value));
    [MethodImpl(AggressiveInlining)] public static Double512 Broadcast(double value) => BitCast<Vector512<double>, Double512>(Vector512.Create(value));
    [MethodImpl(AggressiveInlining)] public static Double512 Load(double* source) => BitCast<Vector512<double>, Double512>(Vector512.Load(source));
    [MethodImpl(AggressiveInlining)] public static void Store(Double512 value, double* target) => value.Value.Store(target);

    [MethodImpl(AggressiveInlining)]
    public static Double512 Fma(Double512 a, Double512 b, Double512 c) => NumericMode.Portable ? Unfused(a, b, c) : BitCast<Vector512<double>, Double512>(Vector512.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(AggressiveInlining)]
    public static Double512 ExactFma(Double512 a, Double512 b, Double512 c) => NumericMode.Portable ? ExactMultiply.ThenAdd(a, b, c) : BitCast<Vector512<double>, Double512>(Vector512.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(AggressiveInlining)] private static Double512 Unfused(Double512 a, Double512 b, Double512 c) => a * b + c;

    [MethodImpl(AggressiveInlining)] public static Double512 Sqrt(Double512 a) => BitCast<Vector512<double>, Double512>(Vector512.Sqrt(a.Value));
    [MethodImpl(AggressiveInlining)] public static Double512 Abs(Double512 a) => BitCast<Vector512<double>, Double512>(Vector512.Abs(a.Value));
    [MethodImpl(AggressiveInlining)] public static Double512 Floor(Double512 a) => BitCast<Vector512<double>, Double512>(Vector512.Floor(a.Value));
    [MethodImpl(AggressiveInlining)] public static Double512 Ceiling(Double512 a) => BitCast<Vector512<double>, Double512>(Vector512.Ceiling(a.Value));
    [MethodImpl(AggressiveInlining)] public static Double512 Truncate(Double512 a) => BitCast<Vector512<double>, Double512>(Vector512.Truncate(a.Value));
    [MethodImpl(AggressiveInlining)] public static Double512 Round(Double512 a) => BitCast<Vector512<double>, Double512>(Vector512.Round(a.Value));

    [MethodImpl(AggressiveInlining)] public static Double512 Min(Double512 a, Double512 b) => BitCast<Vector512<double>, Double512>(Vector512.Min(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Double512 Max(Double512 a, Double512 b) => BitCast<Vector512<double>, Double512>(Vector512.Max(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Double512 Lesser(Double512 a, Double512 b) => BitCast<Vector512<double>, Double512>(Avx512F.Min(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Double512 Greater(Double512 a, Double512 b) => BitCast<Vector512<double>, Double512>(Avx512F.Max(a.Value, b.Value));

    [MethodImpl(AggressiveInlining)] public static Double512 Equal(Double512 a, Double512 b) => BitCast<Vector512<double>, Double512>(Vector512.Equals(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Double512 LessThan(Double512 a, Double512 b) => BitCast<Vector512<double>, Double512>(Vector512.LessThan(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Double512 LessOrEqual(Double512 a, Double512 b) => BitCast<Vector512<double>, Double512>(Vector512.LessThanOrEqual(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Double512 Not(Double512 mask) => BitCast<Vector512<double>, Double512>(~mask.Value);
    [MethodImpl(AggressiveInlining)] public static Double512 And(Double512 mask, Double512 other) => BitCast<Vector512<double>, Double512>(mask.Value & other.Value);
    [MethodImpl(AggressiveInlining)] public static Double512 Or(Double512 mask, Double512 other) => BitCast<Vector512<double>, Double512>(mask.Value | other.Value);
    [MethodImpl(AggressiveInlining)] public static Double512 Select(Double512 mask, Double512 yes, Double512 no) => BitCast<Vector512<double>, Double512>(Vector512.ConditionalSelect(mask.Value, yes.Value, no.Value));
    [MethodImpl(AggressiveInlining)] public static bool Any(Double512 mask) => mask.Value.ExtractMostSignificantBits() != 0;

    [MethodImpl(AggressiveInlining)] public static Double512 Bits(long pattern) => BitCast<Vector512<double>, Double512>(Vector512.Create(pattern).AsDouble());
    [MethodImpl(AggressiveInlining)] public static Double512 BitAnd(Double512 a, Double512 b) => BitCast<Vector512<double>, Double512>(a.Value & b.Value);
    [MethodImpl(AggressiveInlining)] public static Double512 BitOr(Double512 a, Double512 b) => BitCast<Vector512<double>, Double512>(a.Value | b.Value);
    [MethodImpl(AggressiveInlining)] public static Double512 BitXor(Double512 a, Double512 b) => BitCast<Vector512<double>, Double512>(a.Value ^ b.Value);
    [MethodImpl(AggressiveInlining)] public static Double512 IntegerAdd(Double512 a, Double512 b) => BitCast<Vector512<double>, Double512>((a.Value.AsInt64() + b.Value.AsInt64()).AsDouble());
    [MethodImpl(AggressiveInlining)] public static Double512 IntegerSubtract(Double512 a, Double512 b) => BitCast<Vector512<double>, Double512>((a.Value.AsInt64() - b.Value.AsInt64()).AsDouble());
    [MethodImpl(AggressiveInlining)] public static Double512 ShiftLeft(Double512 a, int count) => BitCast<Vector512<double>, Double512>((a.Value.AsInt64() << count).AsDouble());
    [MethodImpl(AggressiveInlining)] public static Double512 ShiftRightLogical(Double512 a, int count) => BitCast<Vector512<double>, Double512>((a.Value.AsInt64() >>> count).AsDouble());

    [MethodImpl(AggressiveInlining)] public static Double512 Scale(Double512 a, Double512 exponent) => BitCast<Vector512<double>, Double512>(Avx512F.Scale(a.Value, exponent.Value));

    [MethodImpl(AggressiveInlining)] public static Double512 Exp(Double512 a) => DoubleFunctions.Exp(a);
    [MethodImpl(AggressiveInlining)] public static Double512 Expm1(Double512 a) => DoubleFunctions.Expm1(a);
    [MethodImpl(AggressiveInlining)] public static Double512 Log(Double512 a) => DoubleFunctions.Log(a);
    [MethodImpl(AggressiveInlining)] public static Double512 Log1p(Double512 a) => DoubleFunctions.Log1p(a);
    [MethodImpl(AggressiveInlining)] public static Double512 Sin(Double512 a) => DoubleFunctions.Sin(a);
    [MethodImpl(AggressiveInlining)] public static Double512 Cos(Double512 a) => DoubleFunctions.Cos(a);
    [MethodImpl(AggressiveInlining)] public static Double512 Tanh(Double512 a) => DoubleFunctions.Tanh(a);
    [MethodImpl(AggressiveInlining)] public static Double512 Erf(Double512 a) => DoubleFunctions.Erf(a);
    [MethodImpl(AggressiveInlining)] public static Double512 Gelu(Double512 a) => DoubleFunctions.Gelu(a);
    [MethodImpl(AggressiveInlining)] public static Double512 GeluSlope(Double512 a) => DoubleFunctions.GeluSlope(a);
    [MethodImpl(AggressiveInlining)] public static Double512 Silu(Double512 a) => DoubleFunctions.Silu(a);
    [MethodImpl(AggressiveInlining)] public static Double512 Mish(Double512 a) => DoubleFunctions.Mish(a);
    [MethodImpl(AggressiveInlining)] public static Double512 Pow(Double512 a, Double512 exponent) => DoubleFunctions.Pow(a, exponent);

    [MethodImpl(NoInlining)]
    public static Double512 Modulo(Double512 a, Double512 b)
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

    [MethodImpl(AggressiveInlining)] public static Double512 InDouble<TFunction>(Double512 a, TFunction function) where TFunction : struct, IDoubleUnary => function.Invoke(a);
    [MethodImpl(AggressiveInlining)] public static Double512 InDouble<TFunction>(Double512 a, Double512 b, TFunction function) where TFunction : struct, IDoubleBinary => function.Invoke(a, b);

    [MethodImpl(NoInlining)]
    public static Double512 Map(Double512 a, Func<double, double> function)
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
    public static Double512 Gather(ReadOnlySpan<double> table, Double512 index)
    {
        var start = (double*)AsPointer(ref MemoryMarshal.GetReference(table));
        var i = index.Value.AsInt64();
        return BitCast<Vector512<double>, Double512>(Vector512.Create(Avx2.GatherVector256(start, i.GetLower(), 8), Avx2.GatherVector256(start, i.GetUpper(), 8)));
    }

    [MethodImpl(AggressiveInlining)] public static Double512 LoadMask(byte* source) => BitCast<Vector512<double>, Double512>((-Avx512F.ConvertToVector512Int64(Vector128.CreateScalar(*(ulong*)source).AsByte())).AsDouble());

    [MethodImpl(AggressiveInlining)]
    public static void StoreMask(Double512 mask, byte* target)
    {
        var ones = mask.Value.AsInt64() & Vector512.Create(1L);
        *(ulong*)target = Avx512F.ConvertToVector128Byte(ones).AsUInt64().ToScalar();
    }
}
