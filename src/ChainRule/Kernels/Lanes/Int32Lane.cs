using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace ChainRule.Kernels;

/// <summary>One int value. Arithmetic wraps around; division truncates, and by zero it throws.</summary>
/// <remarks>What has no meaning in integers throws <see cref="NotSupportedException"/>: the rules of dtypes keep it from being reached.</remarks>
[method: MethodImpl(AggressiveInlining)]
internal readonly unsafe struct Int32Lane(int value) : IVectorLane<Int32Lane, int>
{
    public readonly int Value = value;

    public static int Count => 1;

    [MethodImpl(AggressiveInlining)] public static Int32Lane operator +(Int32Lane a, Int32Lane b) => new(unchecked(a.Value + b.Value));
    [MethodImpl(AggressiveInlining)] public static Int32Lane operator -(Int32Lane a, Int32Lane b) => new(unchecked(a.Value - b.Value));
    [MethodImpl(AggressiveInlining)] public static Int32Lane operator *(Int32Lane a, Int32Lane b) => new(unchecked(a.Value * b.Value));

    /// <summary>The processor traps at the least value over -1, so that a quotient by -1 is a negation.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Int32Lane operator /(Int32Lane a, Int32Lane b) => b.Value == -1 ? -a : new(a.Value / b.Value);

    [MethodImpl(AggressiveInlining)] public static Int32Lane Modulo(Int32Lane a, Int32Lane b) => new(b.Value == -1 ? 0 : a.Value % b.Value);

    [MethodImpl(AggressiveInlining)] public static Int32Lane operator -(Int32Lane a) => new(unchecked(-a.Value));

    [MethodImpl(AggressiveInlining)] public static Int32Lane Constant(double value) => new((int)value);
    [MethodImpl(AggressiveInlining)] public static Int32Lane Broadcast(int value) => new(value);
    [MethodImpl(AggressiveInlining)] public static Int32Lane Load(int* source) => new(*source);
    [MethodImpl(AggressiveInlining)] public static void Store(Int32Lane value, int* target) => *target = value.Value;
    [MethodImpl(AggressiveInlining)] public static Int32Lane LoadMask(byte* source) => new(-(int)*source);
    [MethodImpl(AggressiveInlining)] public static void StoreMask(Int32Lane mask, byte* target) => *target = (byte)(mask.Value & 1);

    [MethodImpl(AggressiveInlining)] public static Int32Lane Fma(Int32Lane a, Int32Lane b, Int32Lane c) => a * b + c;
    [MethodImpl(AggressiveInlining)] public static Int32Lane Abs(Int32Lane a) => a.Value < 0 ? -a : a;
    [MethodImpl(AggressiveInlining)] public static Int32Lane Min(Int32Lane a, Int32Lane b) => new(Math.Min(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Int32Lane Max(Int32Lane a, Int32Lane b) => new(Math.Max(a.Value, b.Value));
    [MethodImpl(AggressiveInlining)] public static Int32Lane Floor(Int32Lane a) => a;
    [MethodImpl(AggressiveInlining)] public static Int32Lane Ceiling(Int32Lane a) => a;
    [MethodImpl(AggressiveInlining)] public static Int32Lane Truncate(Int32Lane a) => a;
    [MethodImpl(AggressiveInlining)] public static Int32Lane Round(Int32Lane a) => a;

    [MethodImpl(AggressiveInlining)] public static Int32Lane Equal(Int32Lane a, Int32Lane b) => new(a.Value == b.Value ? -1 : 0);
    [MethodImpl(AggressiveInlining)] public static Int32Lane LessThan(Int32Lane a, Int32Lane b) => new(a.Value < b.Value ? -1 : 0);
    [MethodImpl(AggressiveInlining)] public static Int32Lane LessOrEqual(Int32Lane a, Int32Lane b) => new(a.Value <= b.Value ? -1 : 0);
    [MethodImpl(AggressiveInlining)] public static Int32Lane Not(Int32Lane mask) => new(~mask.Value);
    [MethodImpl(AggressiveInlining)] public static Int32Lane And(Int32Lane mask, Int32Lane other) => new(mask.Value & other.Value);
    [MethodImpl(AggressiveInlining)] public static Int32Lane Or(Int32Lane mask, Int32Lane other) => new(mask.Value | other.Value);
    [MethodImpl(AggressiveInlining)] public static Int32Lane Select(Int32Lane mask, Int32Lane yes, Int32Lane no) => new((mask.Value & yes.Value) | (~mask.Value & no.Value));

    /// <summary>By repeated squaring, wrapping around; the exponent is not negative.</summary>
    public static Int32Lane Pow(Int32Lane a, Int32Lane exponent)
    {
        int power = 1, square = a.Value;
        for (var left = (uint)exponent.Value; left != 0; left >>= 1)
        {
            if ((left & 1) != 0)
                power = unchecked(power * square);
            square = unchecked(square * square);
        }
        return new(power);
    }

    public static Int32Lane Sqrt(Int32Lane a) => throw NotAnInteger();
    public static Int32Lane Exp(Int32Lane a) => throw NotAnInteger();
    public static Int32Lane Expm1(Int32Lane a) => throw NotAnInteger();
    public static Int32Lane Log(Int32Lane a) => throw NotAnInteger();
    public static Int32Lane Log1p(Int32Lane a) => throw NotAnInteger();
    public static Int32Lane Sin(Int32Lane a) => throw NotAnInteger();
    public static Int32Lane Cos(Int32Lane a) => throw NotAnInteger();
    public static Int32Lane Tanh(Int32Lane a) => throw NotAnInteger();
    public static Int32Lane Erf(Int32Lane a) => throw NotAnInteger();
    public static Int32Lane Gelu(Int32Lane a) => throw NotAnInteger();
    public static Int32Lane GeluSlope(Int32Lane a) => throw NotAnInteger();
    public static Int32Lane Silu(Int32Lane a) => throw NotAnInteger();
    public static Int32Lane Mish(Int32Lane a) => throw NotAnInteger();
    public static Int32Lane InDouble<TFunction>(Int32Lane a, TFunction function) where TFunction : struct, IDoubleUnary => throw NotAnInteger();
    public static Int32Lane InDouble<TFunction>(Int32Lane a, Int32Lane b, TFunction function) where TFunction : struct, IDoubleBinary => throw NotAnInteger();

    private static NotSupportedException NotAnInteger() => new("This function has no meaning in integers.");
}
