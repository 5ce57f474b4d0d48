using System.Runtime.InteropServices;
using ChainRule.Formats;

namespace ChainRule.Data;

/// <summary>Looks for NaN and infinity before they spread.</summary>
internal static class Finite
{
    /// <summary>The place of the first element, in row-major order, that is NaN or infinite; null if there is none.</summary>
    public static long? FirstBreach(Tensor x)
    {
        long? breach = null;
        long start = 0;
        TensorBytes.Visit(x, part =>
        {
            int place = x.DType == DType.Float32 ? FirstIn(MemoryMarshal.Cast<byte, float>(part)) : FirstIn(MemoryMarshal.Cast<byte, double>(part));
            if (breach is null && place >= 0)
                breach = start + place;
            start += part.Length / x.DType.Size();
        });
        return breach;
    }

    private static int FirstIn(ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i])) return i;
        }
        return -1;
    }

    private static int FirstIn(ReadOnlySpan<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i])) return i;
        }
        return -1;
    }
}
