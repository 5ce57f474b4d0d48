using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using static System.Runtime.CompilerServices.MethodImplOptions;
using static System.Runtime.CompilerServices.Unsafe;
using static System.Runtime.Intrinsics.Vector128;
using X86Fma = System.Runtime.Intrinsics.X86.Fma;

namespace ChainRule.Kernels;

/// <summary>One float value.</summary>
/// <remarks>Work on bits is done in the low element of a vector, so that the value never leaves its register.</remarks>
[method: MethodImpl(AggressiveInlining)]
internal readonly unsafe struct Single1(float value) : IBitLane<Single1, float>
{
    public readonly float Value = value;

    public static int Count => 1;

    [MethodImpl(AggressiveInlining)] public static Single1 operator +(Single1 a, Single1 b) => BitCast<float, Single1>(a.Value + b.Value);
    [MethodImpl(AggressiveInlining)] public static Single1 operator -(Single1 a, Single1 b) => BitCast<float, Single1>(a.Value - b.Value);
    [MethodImpl(AggressiveInlining)] public static Single1 operator *(Single1 a, Single1 b) => BitCast<float, Single1>(a.Value * b.Value);
    [MethodImpl(AggressiveInlining)] public static Single1 operator /(Single1 a, Single1 b) => BitCast<float, Single1>(a.Value / b.Value);
    [MethodImpl(AggressiveInlining)] public static Single1 operator -(Single1 a) => BitCast<float, Single1>(-a.Value);

    [MethodImpl(AggressiveInlining)] public static Single1 Constant(double value) => BitCast<float, Single1>((float)value);
    [MethodImpl(AggressiveInlining)] public static Single1 Broadcast(float value) => BitCast<float, Single1>(value);
    [MethodImpl(AggressiveInlining)] public static Single1 Load(float* source) => BitCast<float, Single1>(*source);
    [MethodImpl(AggressiveInlining)] public static void Store(Single1 value, float* target) => *target = value.Value;
    [MethodImpl(AggressiveInlining)] public static Single1 LoadMask(byte* source) => Bits(-(long)*source);
    [MethodImpl(AggressiveInlining)] public static void StoreMask(Single1 mask, byte* target) => *target = Any(mask) ? (byte)1 : (byte)0;

    [MethodImpl(AggressiveInlining)]
    public static Single1 Fma(Single1 a, Single1 b, Single1 c) => NumericMode.Portable ? Unfused(a, b, c) : X86Fma.IsSupported || AdvSimd.IsSupported
        ? BitCast<float, Single1>(float.FusedMultiplyAdd(a.Value, b.Value, c.Value))
        : BitCast<float, Single1>(FusedMultiply.InSoftware(a.Value, b.Value, c.Value));

    [MethodImpl(AggressiveInlining)]
    public static Single1 ExactFma(Single1 a, Single1 b, Single1 c) => NumericMode.Portable ? BitCast<float, Single1>(ExactMultiply.ThenAdd(a.Value, b.Value, c.Value)) : X86Fma.IsSupported || AdvSimd.IsSupported
        ? BitCast<float, Single1>(float.FusedMultiplyAdd(a.Value, b.Value, c.Value))
        : BitCast<float, Single1>(FusedMultiply.InSoftware(a.Value, b.Value, c.Value));

    [MethodImpl(AggressiveInlining)] private static Single1 Unfused(Single1 a, Single1 b, Single1 c) => a * b + c;

    [MethodImpl(AggressiveInlining)] public static Single1 Sqrt(Single1 a) => BitCast<float, Single1>(float.Sqrt(a.Value));
    [MethodImpl(AggressiveInlining)] public static Single1 Abs(Single1 a) => BitCast<float, Single1>(float.Abs(a.Value));
    [MethodImpl(AggressiveInlining)] public static Single1 Floor(Single1 a) => BitCast<float, Single1>(float.Floor(a.Value));
    [MethodImpl(AggressiveInlining)] public static Single1 Ceiling(Single1 a) => BitCast<float, Single1>(float.Ceiling(a.Value));
    [MethodImpl(AggressiveInlining)] public static Single1 Truncate(Single1 a) => BitCast<float, Single1>(float.Truncate(a.Value));
    [MethodImpl(AggressiveInlining)] public static Single1 Round(Single1 a) => BitCast<float, Single1>(float.Round(a.Value));

    [MethodImpl(AggressiveInlining)]
    public static Single1 Min(Single1 a, Single1 b) =>
        BitCast<float, Single1>(Single128.Min(BitCast<Vector128<float>, Single128>(CreateScalarUnsafe(a.Value)), BitCast<Vector128<float>, Single128>(CreateScalarUnsafe(b.Value))).Value.ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Single1 Max(Single1 a, Single1 b) =>
        BitCast<float, Single1>(Single128.Max(BitCast<Vector128<float>, Single128>(CreateScalarUnsafe(a.Value)), BitCast<Vector128<float>, Single128>(CreateScalarUnsafe(b.Value))).Value.ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Single1 Lesser(Single1 a, Single1 b) =>
        BitCast<float, Single1>(Single128.Lesser(BitCast<Vector128<float>, Single128>(CreateScalarUnsafe(a.Value)), BitCast<Vector128<float>, Single128>(CreateScalarUnsafe(b.Value))).Value.ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Single1 Greater(Single1 a, Single1 b) =>
        BitCast<float, Single1>(Single128.Greater(BitCast<Vector128<float>, Single128>(CreateScalarUnsafe(a.Value)), BitCast<Vector128<float>, Single128>(CreateScalarUnsafe(b.Value))).Value.ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Single1 Equal(Single1 a, Single1 b) =>
        BitCast<float, Single1>(Vector128.Equals(CreateScalarUnsafe(a.Value), CreateScalarUnsafe(b.Value)).ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Single1 LessThan(Single1 a, Single1 b) =>
        BitCast<float, Single1>(Vector128.LessThan(CreateScalarUnsafe(a.Value), CreateScalarUnsafe(b.Value)).ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Single1 LessOrEqual(Single1 a, Single1 b) =>
        BitCast<float, Single1>(Vector128.LessThanOrEqual(CreateScalarUnsafe(a.Value), CreateScalarUnsafe(b.Value)).ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Single1 Not(Single1 mask) =>
        BitCast<float, Single1>((~CreateScalarUnsafe(mask.Value)).ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Single1 And(Single1 mask, Single1 other) =>
        BitCast<float, Single1>((CreateScalarUnsafe(mask.Value) & CreateScalarUnsafe(other.Value)).ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Single1 Or(Single1 mask, Single1 other) =>
        BitCast<float, Single1>((CreateScalarUnsafe(mask.Value) | CreateScalarUnsafe(other.Value)).ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Single1 Select(Single1 mask, Single1 yes, Single1 no) =>
        BitCast<float, Single1>(Vector128.ConditionalSelect(CreateScalarUnsafe(mask.Value), CreateScalarUnsafe(yes.Value), CreateScalarUnsafe(no.Value)).ToScalar());

    [MethodImpl(AggressiveInlining)] public static bool Any(Single1 mask) => BitConverter.SingleToInt32Bits(mask.Value) != 0;

    [MethodImpl(AggressiveInlining)] public static Single1 Bits(long pattern) => BitCast<float, Single1>(BitConverter.Int32BitsToSingle((int)pattern));

    [MethodImpl(AggressiveInlining)]
    public static Single1 BitAnd(Single1 a, Single1 b) =>
        BitCast<float, Single1>((CreateScalarUnsafe(a.Value) & CreateScalarUnsafe(b.Value)).ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Single1 BitOr(Single1 a, Single1 b) =>
        BitCast<float, Single1>((CreateScalarUnsafe(a.Value) | CreateScalarUnsafe(b.Value)).ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Single1 BitXor(Single1 a, Single1 b) =>
        BitCast<float, Single1>((CreateScalarUnsafe(a.Value) ^ CreateScalarUnsafe(b.Value)).ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Single1 IntegerAdd(Single1 a, Single1 b) =>
        BitCast<float, Single1>((CreateScalarUnsafe(a.Value).AsInt32() + CreateScalarUnsafe(b.Value).AsInt32()).AsSingle().ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Single1 IntegerSubtract(Single1 a, Single1 b) =>
        BitCast<float, Single1>((CreateScalarUnsafe(a.Value).AsInt32() - CreateScalarUnsafe(b.Value).AsInt32()).AsSingle().ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Single1 ShiftLeft(Single1 a, int count) =>
        BitCast<float, Single1>((CreateScalarUnsafe(a.Value).AsInt32() << count).AsSingle().ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Single1 ShiftRightLogical(Single1 a, int count) =>
        BitCast<float, Single1>((CreateScalarUnsafe(a.Value).AsInt32() >>> count).AsSingle().ToScalar());

    [MethodImpl(AggressiveInlining)]
    public static Single1 Scale(Single1 a, Single1 exponent) =>
        BitCast<float, Single1>(Single128.Scale(BitCast<Vector128<float>, Single128>(CreateScalarUnsafe(a.Value)), BitCast<Vector128<float>, Single128>(CreateScalarUnsafe(exponent.Value))).Value.ToScalar());

    [MethodImpl(NoInlining)] public static Single1 Map(Single1 a, Func<float, float> function) => BitCast<float, Single1>(function(a.Value));
    [MethodImpl(AggressiveInlining)] public static Single1 Gather(ReadOnlySpan<float> table, Single1 index) => BitCast<float, Single1>(table[BitConverter.SingleToInt32Bits(index.Value)]);

    [MethodImpl(AggressiveInlining)] public static Single1 Exp(Single1 a) => SingleFunctions.Exp(a);
    [MethodImpl(AggressiveInlining)] public static Single1 Expm1(Single1 a) => SingleFunctions.Expm1(a);
    [MethodImpl(AggressiveInlining)] public static Single1 Log(Single1 a) => SingleFunctions.Log(a);
    [MethodImpl(AggressiveInlining)] public static Single1 Log1p(Single1 a) => SingleFunctions.Log1p(a);
    [MethodImpl(AggressiveInlining)] public static Single1 Sin(Single1 a) => SingleFunctions.Sin(a);
    [MethodImpl(AggressiveInlining)] public static Single1 Cos(Single1 a) => SingleFunctions.Cos(a);
    [MethodImpl(AggressiveInlining)] public static Single1 Tanh(Single1 a) => SingleFunctions.Tanh(a);
    [MethodImpl(AggressiveInlining)] public static Single1 Erf(Single1 a) => SingleFunctions.Erf(a);
    [MethodImpl(AggressiveInlining)] public static Single1 Gelu(Single1 a) => SingleFunctions.Gelu(a);
    [MethodImpl(AggressiveInlining)] public static Single1 GeluSlope(Single1 a) => SingleFunctions.GeluSlope(a);
    [MethodImpl(AggressiveInlining)] public static Single1 Silu(Single1 a) => SingleFunctions.Silu(a);
    [MethodImpl(AggressiveInlining)] public static Single1 Mish(Single1 a) => SingleFunctions.Mish(a);
    [MethodImpl(AggressiveInlining)] public static Single1 Pow(Single1 a, Single1 exponent) => SingleFunctions.Pow(a, exponent);

    [MethodImpl(NoInlining)] public static Single1 Modulo(Single1 a, Single1 b) => new(a.Value % b.Value);

    [MethodImpl(NoInlining)] public static Single1 InDouble<TFunction>(Single1 a, TFunction function) where TFunction : struct, IDoubleUnary => new((float)function.Invoke(new Double1(a.Value)).Value);
    [MethodImpl(NoInlining)] public static Single1 InDouble<TFunction>(Single1 a, Single1 b, TFunction function) where TFunction : struct, IDoubleBinary => new((float)function.Invoke(new Double1(a.Value), new Double1(b.Value)).Value);
}
