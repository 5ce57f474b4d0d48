using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace ChainRule.Kernels;

/// <summary>a * b + c rounded once where the processor has no instruction for it: the same bits, slowly.</summary>
/// <remarks>Only floats need this; what the base library does for doubles without the instruction is exact, too, and no slower.</remarks>
internal static class FusedMultiply
{
    public static float InSoftware(float a, float b, float c) =>
        (float)RoundedToOdd(Vector128.CreateScalar((double)a * b), Vector128.CreateScalar((double)c)).ToScalar();

    // A product of floats is exact in double. The sum, rounded to odd in double, then rounds to float as the exact one would.
    public static Vector128<float> InSoftware(Vector128<float> a, Vector128<float> b, Vector128<float> c)
    {
        var low = RoundedToOdd(Vector128.WidenLower(a) * Vector128.WidenLower(b), Vector128.WidenLower(c));
        var high = RoundedToOdd(Vector128.WidenUpper(a) * Vector128.WidenUpper(b), Vector128.WidenUpper(c));
        return Vector128.Narrow(low, high);
    }

    [MethodImpl(AggressiveInlining)]
    private static Vector128<double> RoundedToOdd(Vector128<double> a, Vector128<double> b)
    {
        var sum = a + b;
        var bPart = sum - a;
        var error = (a - (sum - bPart)) + (b - bPart);
        // One unit towards zero if the sum was rounded away from it, then the last bit set: the odd neighbour.
        var bits = sum.AsInt64();
        var odd = (bits - ((bits ^ error.AsInt64()) >>> 63)) | Vector128.Create(1L);
        var inexact = Vector128.GreaterThan(Vector128.Abs(error), Vector128<double>.Zero);
        return Vector128.ConditionalSelect(inexact, odd.AsDouble(), sum);
    }
}
