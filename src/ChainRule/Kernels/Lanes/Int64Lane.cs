using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace ChainRule.Kernels;

/// <summary>One long value. Arithmetic wraps around; division truncates, and by zero it throws.</summary>
/// <remarks>What has no meaning in integers throws <see cref="NotSupportedException"/>: the rules of dtypes keep it from being reached.</remarks>
[method: MethodImpl(AggressiveInlining)]
internal readonly unsafe struct Int64Lane(long value) : IVectorLane<Int64Lane, long>
{
    public readonly long Value = value;

    public static int Count => 1;

    [MethodImpl(AggressiveInlining)] public static Int64Lane operator +(Int64Lane a, Int64Lane b) => new(unchecked(a.Value + b.Value));
    [MethodImpl(AggressiveInlining)] public static Int64Lane operator -(Int64Lane a, Int64Lane b) => new(unchecked(a.Value - b.Value));
    [MethodImpl(AggressiveInlining)] public static Int64Lane operator *(Int64Lane a, Int64Lane b) => new(unchecked(a.Value * b.Value));

    /// <summary>The processor traps at the least value over -1, so that a quotient by -1 is a negation.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Int64Lane operator /(Int64Lane a, Int64Lane b) => b.Value == -1 ? -a : new(a.Value / b.Value);

    [MethodImpl(AggressiveInlining)] public static Int64Lane Modulo(Int64Lane a, Int64Lane b) => new(b.Value == -1 ? 0 : a.Value % b.Value);

    [MethodImpl(AggressiveInlining)] public static Int64Lane operator -(Int64Lane a) => new(unchecked(-a.Value));

    [MethodImpl(AggressiveInlining)] public static Int64Lane Constant(double value) => new((long)value);
    [MethodImpl(AggressiveInlining)] public static Int64Lane Broadcast(long value) => new(value);
    [MethodImpl(AggressiveInlining)] public static Int64Lane Load(long* source) => new(*source);
    [MethodImpl(AggressiveInlining)] public static void Store(Int64Lane value, long* target) => *target = value.Value;
    [MethodImpl(AggressiveInlining)] public static Int64Lane LoadMask(byte* source) => new(-(long)*source);
    [MethodImpl(AggressiveInlining)] public static void StoreMask(Int64Lane mask, byte* target) => *target = (byte)(mask.Value & 1);

    [MethodImpl(AggressiveInlining)] public static Int64Lane Fma(Int64Lane a, Int64Lane b, Int64Lane c) => a * b + c;
    [MethodImpl(AggressiveInlining)] public static Int64Lane Abs(Int64Lane a) => a.Value < 0 ? -a : a;
    [MethodImpl(AggressiveInlining)] public static Int64Lane Min(Int64Lane a, Int64Lane b) => new(Math.Min(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Int64Lane Max(Int64Lane a, Int64Lane b) => new(Math.Max(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Int64Lane Floor(Int64Lane a) => a;
    [MethodImpl(AggressiveInlining)] public static Int64Lane Ceiling(Int64Lane a) => a;
    [MethodImpl(AggressiveInlining)] public static Int64Lane Truncate(Int64Lane a) => a;
    [MethodImpl(AggressiveInlining)] public static Int64Lane Round(Int64Lane a) => a;

    [MethodImpl(AggressiveInlining)] public static Int64Lane Equal(Int64Lane a, Int64Lane b) => new(a.Value == b.Value ? -1 : 0);
    [MethodImpl(AggressiveInlining)] public static Int64Lane LessThan(Int64Lane a, Int64Lane b) => new(a.Value < b.Value ? -1 : 0);
    [MethodImpl(AggressiveInlining)] public static Int64Lane LessOrEqual(Int64Lane a, Int64Lane b) => new(a.Value <= b.Value ? -1 : 0);
    [MethodImpl(AggressiveInlining)] public static Int64Lane Not(Int64Lane mask) => new(~mask.Value);
    [MethodImpl(AggressiveInlining)] public static Int64Lane And(Int64Lane mask, Int64Lane other) => new(mask.Value & other.Value);
    [MethodImpl(AggressiveInlining)] public static Int64Lane Or(Int64Lane mask, Int64Lane other) => new(mask.Value | other.Value);
    [MethodImpl(AggressiveInlining)] public static Int64Lane Select(Int64Lane mask, Int64Lane yes, Int64Lane no) => new((mask.Value & yes.Value) | (~mask.Value & no.Value));

    /// <summary>By repeated squaring, wrapping around; the exponent is not negative.</summary>
    public static Int64Lane Pow(Int64Lane a, Int64Lane exponent)
    {
        long power = 1, square = a.Value;
        for (var left = (ulong)exponent.Value; left != 0; left >>= 1)
        {
            if ((left & 1) != 0)
                power = unchecked(power * square);
            square = unchecked(square * square);
        }
        return new(power);
    }

    public static Int64Lane Sqrt(Int64Lane a) => throw NotAnInteger();
    public static Int64Lane Exp(Int64Lane a) => throw NotAnInteger();
    public static Int64Lane Expm1(Int64Lane a) => throw NotAnInteger();
    public static Int64Lane Log(Int64Lane a) => throw NotAnInteger();
    public static Int64Lane Log1p(Int64Lane a) => throw NotAnInteger();
    public static Int64Lane Sin(Int64Lane a) => throw NotAnInteger();
    public static Int64Lane Cos(Int64Lane a) => throw NotAnInteger();
    public static Int64Lane Tanh(Int64Lane a) => throw NotAnInteger();
    public static Int64Lane Erf(Int64Lane a) => throw NotAnInteger();
    public static Int64Lane Gelu(Int64Lane a) => throw NotAnInteger();
    public static Int64Lane GeluSlope(Int64Lane a) => throw NotAnInteger();
    public static Int64Lane Silu(Int64Lane a) => throw NotAnInteger();
    public static Int64Lane Mish(Int64Lane a) => throw NotAnInteger();
    public static Int64Lane InDouble<TFunction>(Int64Lane a, TFunction function) where TFunction : struct, IDoubleUnary => throw NotAnInteger();
    public static Int64Lane InDouble<TFunction>(Int64Lane a, Int64Lane b, TFunction function) where TFunction : struct, IDoubleBinary => throw NotAnInteger();

    private static NotSupportedException NotAnInteger() => new("This function has no meaning in integers.");
}
