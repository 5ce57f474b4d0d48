using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;
using static System.Runtime.CompilerServices.Unsafe;
using static System.Runtime.Intrinsics.Vector128;

namespace ChainRule.Kernels;

/// <summary>One double value.</summary>
/// <remarks>Work on bits is done in the low element of a vector, so that the value never leaves its register.</remarks>
[method: MethodImpl(AggressiveInlining)]
internal readonly unsafe struct Double1(double value) : IBitLane<Double1, double>
{
    public readonly double Value = value;

    public static int Count => 1;

    [MethodImpl(AggressiveInlining)] public static Double1 operator +(Double1 a, Double1 b) => BitCast<double, Double1>(a.Value + b.Value);
    [MethodImpl(AggressiveInlining)] public static Double1 operator -(Double1 a, Double1 b) => BitCast<double, Double1>(a.Value - b.Value);
    [MethodImpl(AggressiveInlining)] public static Double1 operator *(Double1 a, Double1 b) => BitCast<double, Double1>(a.Value * b.Value);
    [MethodImpl(AggressiveInlining)] public static Double1 operator /(Double1 a, Double1 b) => BitCast<double, Double1>(a.Value / b.Value);
    [MethodImpl(AggressiveInlining)] public static Double1 operator -(Double1 a) => BitCast<double, Double1>(-a.Value);

    [MethodImpl(AggressiveInlining)] public static Double1 Constant(double value) => BitCast<double, Double1>(value);
    [MethodImpl(AggressiveInlining)] public static Double1 Broadcast(double value) => BitCast<double, Double1>(value);
    [MethodImpl(AggressiveInlining)] public static Double1 Load(double* source) => BitCast<double, Double1>(*source);
    [MethodImpl(AggressiveInlining)] public static void Store(Double1 value, double* target) => *target = value.Value;
    [MethodImpl(AggressiveInlining)] public static Double1 LoadMask(byte* source) => Bits(-(long)*source);
    [MethodImpl(AggressiveInlining)] public static void StoreMask(Double1 mask, byte* target) => *target = Any(mask) ? (byte)1 : (byte)0;

    [MethodImpl(AggressiveInlining)]
    public static Double1 Fma(Double1 a, Double1 b, Double1 c) => NumericMode.Portable ? Unfused(a, b, c) : BitCast<double, Double1>(double.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(AggressiveInlining)]
    public static Double1 ExactFma(Double1 a, Double1 b, Double1 c) => NumericMode.Portable ? ExactMultiply.ThenAdd(a, b, c) : BitCast<double, Double1>(double.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(AggressiveInlining)] private static Double1 Unfused(Double1 a, Double1 b, Double1 c) => a * b + c;

    [MethodImpl(AggressiveInlining)] public static Double1 Sqrt(Double1 a) => BitCast<double, Double1>(double.Sqrt(a.Value));
    [MethodImpl(AggressiveInlining)] public static Double1 Abs(Double1 a) => BitCast<double, Double1>(double.Abs(a.Value));
    [MethodImpl(AggressiveInlining)] public static Double1 Floor(Double1 a) => BitCast<double, Double1>(double.Floor(a.Value));
    [MethodImpl(AggressiveInlining)] public static Double1 Ceiling(Double1 a) => BitCast<double, Double1>(double.Ceiling(a.Value));
    [MethodImpl(AggressiveInlining)] public static Double1 Truncate(Double1 a) => BitCast<double, Double1>(double.Truncate(a.Value));
    [MethodImpl(AggressiveInlining)] public static Double1 Round(Double1 a) => BitCast<double, Double1>(double.Round(a.Value));

    [MethodImpl(AggressiveInlining)]
    public static Double1 Min(Double1 a, Double1 b) =>
        BitCast<double, Double1>(Double128.Min(BitCast<Vector128<double>, Double128>(CreateScalarUnsafe(a.Value)), BitCast<Vector128<double>, Double128>(CreateScalarUnsafe(b.Value))).Value.ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Double1 Max(Double1 a, Double1 b) =>
        BitCast<double, Double1>(Double128.Max(BitCast<Vector128<double>, Double128>(CreateScalarUnsafe(a.Value)), BitCast<Vector128<double>, Double128>(CreateScalarUnsafe(b.Value))).Value.ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Double1 Lesser(Double1 a, Double1 b) =>
        BitCast<double, Double1>(Double128.Lesser(BitCast<Vector128<double>, Double128>(CreateScalarUnsafe(a.Value)), BitCast<Vector128<double>, Double128>(CreateScalarUnsafe(b.Value))).Value.ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Double1 Greater(Double1 a, Double1 b) =>
        BitCast<double, Double1>(Double128.Greater(BitCast<Vector128<double>, Double128>(CreateScalarUnsafe(a.Value)), BitCast<Vector128<double>, Double128>(CreateScalarUnsafe(b.Value))).Value.ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Double1 Equal(Double1 a, Double1 b) =>
        BitCast<double, Double1>(Vector128.Equals(CreateScalarUnsafe(a.Value), CreateScalarUnsafe(b.Value)).ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Double1 LessThan(Double1 a, Double1 b) =>
        BitCast<double, Double1>(Vector128.LessThan(CreateScalarUnsafe(a.Value), CreateScalarUnsafe(b.Value)).ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Double1 LessOrEqual(Double1 a, Double1 b) =>
        BitCast<double, Double1>(Vector128.LessThanOrEqual(CreateScalarUnsafe(a.Value), CreateScalarUnsafe(b.Value)).ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Double1 Not(Double1 mask) =>
        BitCast<double, Double1>((~CreateScalarUnsafe(mask.Value)).ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Double1 And(Double1 mask, Double1 other) =>
        BitCast<double, Double1>((CreateScalarUnsafe(mask.Value) & CreateScalarUnsafe(other.Value)).ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Double1 Or(Double1 mask, Double1 other) =>
        BitCast<double, Double1>((CreateScalarUnsafe(mask.Value) | CreateScalarUnsafe(other.Value)).ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Double1 Select(Double1 mask, Double1 yes, Double1 no) =>
        BitCast<double, Double1>(Vector128.ConditionalSelect(CreateScalarUnsafe(mask.Value), CreateScalarUnsafe(yes.Value), CreateScalarUnsafe(no.Value)).ToScalar());

    [MethodImpl(AggressiveInlining)] public static bool Any(Double1 mask) => BitConverter.DoubleToInt64Bits(mask.Value) != 0;

    [MethodImpl(AggressiveInlining)] public static Double1 Bits(long pattern) => BitCast<double, Double1>(BitConverter.Int64BitsToDouble(pattern));

    [MethodImpl(AggressiveInlining)]
    public static Double1 BitAnd(Double1 a, Double1 b) =>
        BitCast<double, Double1>((CreateScalarUnsafe(a.Value) & CreateScalarUnsafe(b.Value)).ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Double1 BitOr(Double1 a, Double1 b) =>
        BitCast<double, Double1>((CreateScalarUnsafe(a.Value) | CreateScalarUnsafe(b.Value)).ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Double1 BitXor(Double1 a, Double1 b) =>
        BitCast<double, Double1>((CreateScalarUnsafe(a.Value) ^ CreateScalarUnsafe(b.Value)).ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Double1 IntegerAdd(Double1 a, Double1 b) =>
        BitCast<double, Double1>((CreateScalarUnsafe(a.Value).AsInt64() + CreateScalarUnsafe(b.Value).AsInt64()).AsDouble().ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Double1 IntegerSubtract(Double1 a, Double1 b) =>
        BitCast<double, Double1>((CreateScalarUnsafe(a.Value).AsInt64() - CreateScalarUnsafe(b.Value).AsInt64()).AsDouble().ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Double1 ShiftLeft(Double1 a, int count) =>
        BitCast<double, Double1>((CreateScalarUnsafe(a.Value).AsInt64() << count).AsDouble().ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Double1 ShiftRightLogical(Double1 a, int count) =>
        BitCast<double, Double1>((CreateScalarUnsafe(a.Value).AsInt64() >>> count).AsDouble().ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Double1 Scale(Double1 a, Double1 exponent) =>
        BitCast<double, Double1>(Double128.Scale(BitCast<Vector128<double>, Double128>(CreateScalarUnsafe(a.Value)), BitCast<Vector128<double>, Double128>(CreateScalarUnsafe(exponent.Value))).Value.ToScalar());

    [MethodImpl(NoInlining)] public static Double1 Map(Double1 a, Func<double, double> function) => BitCast<double, Double1>(function(a.Value));
    [MethodImpl(AggressiveInlining)] public static Double1 Gather(ReadOnlySpan<double> table, Double1 index) => BitCast<double, Double1>(table[(int)BitConverter.DoubleToInt64Bits(index.Value)]);

    [MethodImpl(AggressiveInlining)] public static Double1 Exp(Double1 a) => DoubleFunctions.Exp(a);
    [MethodImpl(AggressiveInlining)] public static Double1 Expm1(Double1 a) => DoubleFunctions.Expm1(a);
    [MethodImpl(AggressiveInlining)] public static Double1 Log(Double1 a) => DoubleFunctions.Log(a);
    [MethodImpl(AggressiveInlining)] public static Double1 Log1p(Double1 a) => DoubleFunctions.Log1p(a);
    [MethodImpl(AggressiveInlining)] public static Double1 Sin(Double1 a) => DoubleFunctions.Sin(a);
    [MethodImpl(AggressiveInlining)] public static Double1 Cos(Double1 a) => DoubleFunctions.Cos(a);
    [MethodImpl(AggressiveInlining)] public static Double1 Tanh(Double1 a) => DoubleFunctions.Tanh(a);
    [MethodImpl(AggressiveInlining)] public static Double1 Erf(Double1 a) => DoubleFunctions.Erf(a);
    [MethodImpl(AggressiveInlining)] public static Double1 Gelu(Double1 a) => DoubleFunctions.Gelu(a);
    [MethodImpl(AggressiveInlining)] public static Double1 GeluSlope(Double1 a) => DoubleFunctions.GeluSlope(a);
    [MethodImpl(AggressiveInlining)] public static Double1 Silu(Double1 a) => DoubleFunctions.Silu(a);
    [MethodImpl(AggressiveInlining)] public static Double1 Mish(Double1 a) => DoubleFunctions.Mish(a);
    [MethodImpl(AggressiveInlining)] public static Double1 Pow(Double1 a, Double1 exponent) => DoubleFunctions.Pow(a, exponent);

    [MethodImpl(NoInlining)] public static Double1 Modulo(Double1 a, Double1 b) => new(a.Value % b.Value);

    [MethodImpl(AggressiveInlining)] public static Double1 InDouble<TFunction>(Double1 a, TFunction function) where TFunction : struct, IDoubleUnary => function.Invoke(a);
    [MethodImpl(AggressiveInlining)] public static Double1 InDouble<TFunction>(Double1 a, Double1 b, TFunction function) where TFunction : struct, IDoubleBinary => function.Invoke(a, b);
}
