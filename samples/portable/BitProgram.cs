using System.Runtime.InteropServices;

namespace ChainRule.Samples.Portable;

/// <summary>A small computation whose bits are compared between machines: a page and a desktop, wide vectors and none.</summary>
public sealed record BitProgram(string Name, Func<IEnumerable<Tensor>> Run)
{
    /// <summary>All programs, cheap enough for an interpreter without vectors.</summary>
    public static IReadOnlyList<BitProgram> All { get; } = [.. Elementary.All, .. Structures.All, .. Trainings.All];

    /// <summary>64 bits of FNV-1a over the bytes of the results, in hexadecimal. Every NaN counts as the same.</summary>
    public string Hash()
    {
        ulong hash = 14695981039346656037;
        foreach (Tensor tensor in Run())
        {
            foreach (byte value in BytesOf(tensor))
                hash = (hash ^ value) * 1099511628211;
        }
        return hash.ToString("x16");
    }

    private static byte[] BytesOf(Tensor tensor)
    {
        if (tensor.DType == DType.Float32)
            return MemoryMarshal.AsBytes(Array.ConvertAll(tensor.ToArray<float>(), x => float.IsNaN(x) ? float.NaN : x).AsSpan()).ToArray();
        if (tensor.DType == DType.Float64)
            return MemoryMarshal.AsBytes(Array.ConvertAll(tensor.ToArray<double>(), x => double.IsNaN(x) ? double.NaN : x).AsSpan()).ToArray();
        return MemoryMarshal.AsBytes(tensor.To(DType.Int64).ToArray<long>().AsSpan()).ToArray();
    }
}
