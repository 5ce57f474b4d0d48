using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace ChainRule.Kernels;

/// <summary>a * b + c from the exact product without an instruction for it, for finite operands: the same bits on every width.</summary>
internal static class ExactMultiply
{
    // Keeps 26 of a double's 53 bits.
    private const long HighHalf = ~0x7FFFFFFL;

    /// <summary>The product of floats is exact in double; the sum is rounded there, and then to float.</summary>
    [MethodImpl(AggressiveInlining)]
    public static float ThenAdd(float a, float b, float c) => (float)((double)a * b + c);

    /// <inheritdoc cref="ThenAdd(float, float, float)"/>
    public static Vector128<float> ThenAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) => Vector128.Narrow(
        Vector128.WidenLower(a) * Vector128.WidenLower(b) + Vector128.WidenLower(c),
        Vector128.WidenUpper(a) * Vector128.WidenUpper(b) + Vector128.WidenUpper(c));

    /// <inheritdoc cref="ThenAdd(float, float, float)"/>
    public static Vector256<float> ThenAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) => Vector256.Narrow(
        Vector256.WidenLower(a) * Vector256.WidenLower(b) + Vector256.WidenLower(c),
        Vector256.WidenUpper(a) * Vector256.WidenUpper(b) + Vector256.WidenUpper(c));

    /// <inheritdoc cref="ThenAdd(float, float, float)"/>
    public static Vector512<float> ThenAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Vector512.Narrow(
        Vector512.WidenLower(a) * Vector512.WidenLower(b) + Vector512.WidenLower(c),
        Vector512.WidenUpper(a) * Vector512.WidenUpper(b) + Vector512.WidenUpper(c));

    /// <summary>The product and its rounding error from halves of the factors (Dekker), then the sum and its own (Knuth).</summary>
    /// <remarks>Halves are cut off rather than rounded (Veltkamp), so that nothing overflows; that costs the error its last bit.</remarks>
    public static V ThenAdd<V>(V a, V b, V c) where V : struct, IBitLane<V, double>
    {
        V aHigh = V.BitAnd(a, V.Bits(HighHalf)), aLow = a - aHigh;
        V bHigh = V.BitAnd(b, V.Bits(HighHalf)), bLow = b - bHigh;
        V product = a * b;
        V error = ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow;
        V sum = product + c;
        V added = sum - product;
        V sumError = (product - (sum - added)) + (c - added);
        return sum + (sumError + error);
    }
}
