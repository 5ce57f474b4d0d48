using System.Runtime.InteropServices;

namespace ChainRule.Tests.Kernels.Loops;

/// <summary>Comparisons bit by bit, except that which NaN a NaN is stays open.</summary>
internal static class Bits
{
    public static void Same<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, object context) where T : unmanaged
    {
        Assert.Equal(expected.Length, actual.Length);
        if (MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual)))
            return;
        for (int i = 0; i < expected.Length; i++)
        {
            if (!Same(expected[i], actual[i]))
                Assert.Fail($"{context}: element {i} of {expected.Length} is {actual[i]}, not {expected[i]}");
        }
    }

    private static bool Same<T>(T expected, T actual) where T : unmanaged =>
        (expected, actual) switch
        {
            (float x, float y) => BitConverter.SingleToInt32Bits(x) == BitConverter.SingleToInt32Bits(y) || (float.IsNaN(x) && float.IsNaN(y)),
            (double x, double y) => BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y) || (double.IsNaN(x) && double.IsNaN(y)),
            _ => expected.Equals(actual),
        };
}
