using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ChainRule.Data;

namespace ChainRule.Cli.Runs;

/// <summary>Tells whether examples are the same, number by number.</summary>
internal static class DataHash
{
    // Large data are hashed in parts, so that no second copy of them is needed.
    private const long NumbersAtOnce = 1 << 20;

    /// <summary>SHA-256 in hexadecimal digits over the shape, the inputs as float32, the labels and the names of the classes.</summary>
    public static string Of(Dataset data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendWhole(hash, data.Count);
        AppendWhole(hash, data.FeatureCount);
        long rows = Math.Max(1, NumbersAtOnce / data.FeatureCount);
        for (long first = 0; first < data.Count; first += rows)
        {
            Tensor part = data.Inputs.Slice(0, first, Math.Min(rows, data.Count - first));
            Append(hash, part.To(DType.Float32).ToArray<float>());
        }
        Append(hash, data.Labels.ToArray<long>());
        foreach (string name in data.ClassNames)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(name);
            AppendWhole(hash, bytes.Length);
            hash.AppendData(bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append<T>(IncrementalHash hash, T[] values)
        where T : unmanaged => hash.AppendData(MemoryMarshal.AsBytes(values.AsSpan()));

    private static void AppendWhole(IncrementalHash hash, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        hash.AppendData(bytes);
    }
}
