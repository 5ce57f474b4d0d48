using System.Runtime.InteropServices;

namespace ChainRule.Formats;

/// <summary>The elements of a tensor as bytes, in row-major order, little-endian; in parts, since a span ends at 2 GB.</summary>
internal static class TensorBytes
{
    private const long PartElements = 1L << 24;

    /// <summary>Gives the bytes, part by part, to <paramref name="use"/>.</summary>
    public static void Visit(Tensor tensor, SpanAction use)
    {
        Tensor source = tensor.ToContiguous();
        for (long start = 0; start < source.ElementCount; start += PartElements)
            use(Part(source, start));
        GC.KeepAlive(source);
    }

    /// <summary>Fills a contiguous tensor that nobody else has seen.</summary>
    /// <exception cref="EndOfStreamException">The stream ends before the tensor is full.</exception>
    public static void Fill(Tensor target, Stream source)
    {
        for (long start = 0; start < target.ElementCount; start += PartElements)
        {
            Span<byte> part = Part(target, start);
            source.ReadExactly(part);
            if (target.DType == DType.Bool)
                Normalize(part);
        }
        GC.KeepAlive(target);
    }

    /// <summary>Fills a contiguous float32 tensor from 16-bit floats: IEEE half, or the upper half of a float32 ("brain").</summary>
    /// <exception cref="EndOfStreamException">The stream ends before the tensor is full.</exception>
    public static void FillWidened(Tensor target, Stream source, bool isBrain)
    {
        var narrow = new ushort[Math.Min(target.ElementCount, 1 << 16)];
        for (long start = 0; start < target.ElementCount; start += narrow.Length)
        {
            Span<float> wide = MemoryMarshal.Cast<byte, float>(Part(target, start));
            wide = wide[..Math.Min(wide.Length, narrow.Length)];
            source.ReadExactly(MemoryMarshal.AsBytes(narrow.AsSpan(0, wide.Length)));
            for (int i = 0; i < wide.Length; i++)
                wide[i] = isBrain ? BitConverter.UInt32BitsToSingle((uint)narrow[i] << 16) : (float)BitConverter.UInt16BitsToHalf(narrow[i]);
        }
        GC.KeepAlive(target);
    }

    /// <summary>The bytes of a contiguous tensor from an element on, up to the length of a part. Keep the tensor alive.</summary>
    public static Span<byte> Part(Tensor tensor, long start)
    {
        long length = Math.Min(PartElements, tensor.ElementCount - start);
        Tensor part = tensor.View(Shape.Create([length]), [1], tensor.Offset + start);
        return MemoryMarshal.CreateSpan(ref part.Start, (int)(length * tensor.DType.Size()));
    }

    // Kernels count on 0 and 1; C and NumPy read any other byte as true.
    private static void Normalize(Span<byte> truths)
    {
        foreach (ref byte truth in truths)
            truth = truth == 0 ? (byte)0 : (byte)1;
    }

    /// <summary>What is done with a part.</summary>
    public delegate void SpanAction(ReadOnlySpan<byte> part);
}
