using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using ChainRule.Formats;

namespace ChainRule.Data;

/// <summary>Files in the IDX format of the MNIST family: one array of numbers, plain or gzip-compressed.</summary>
public static class IdxFile
{
    /// <summary>Reads the array.</summary>
    /// <param name="path">The file; whether it is compressed is seen from its contents.</param>
    /// <param name="dtype">The type to read it as, exactly or saturated; by itself int32 for whole numbers, else the file's own.</param>
    /// <exception cref="FileFormatException">The file is not exactly as its header says; the message names the byte.</exception>
    /// <exception cref="DTypeException">Numbers cannot be read as truth values.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Tensor Read(string path, DType? dtype = null) => Read(path, dtype, 1);

    /// <summary>Reads the array with every element divided by a number.</summary>
    internal static Tensor Read(string path, DType? dtype, int divisor)
    {
        using var source = new IdxBytes(path);
        IdxHeader header = IdxHeader.Read(source);
        IEnumerable<ArraySegment<byte>> blocks = source.Blocks(header.DataLength);
        if (source.IsPacked)
            blocks = [.. blocks]; // so that the header is known to be true before memory is taken on its word
        Tensor? y = null;
        long start = 0;
        foreach (ArraySegment<byte> block in blocks)
        {
            y ??= Tensor.Uninitialized(header.Shape, dtype ?? Natural(header.Type));
            Convert(header.Type, block, y, start, divisor);
            start += block.Count / IdxHeader.Size(header.Type);
        }
        return y ?? Tensor.Zeros(header.Shape, dtype ?? Natural(header.Type));
    }

    private static DType Natural(byte type) => type switch
    {
        IdxHeader.Float => DType.Float32,
        IdxHeader.Double => DType.Float64,
        _ => DType.Int32,
    };

    private static void Convert(byte type, Span<byte> block, Tensor y, long start, int divisor)
    {
        switch (y.DType)
        {
            case DType.Int32: Convert<int>(type, block, y, start, divisor); break;
            case DType.Int64: Convert<long>(type, block, y, start, divisor); break;
            case DType.Float32: Convert<float>(type, block, y, start, divisor); break;
            case DType.Float64: Convert<double>(type, block, y, start, divisor); break;
            default: throw new DTypeException("IdxFile.Read: numbers cannot be read as bool. Read them as int32 and compare.");
        }
    }

    private static void Convert<T>(byte type, Span<byte> block, Tensor y, long start, T divisor) where T : unmanaged, INumber<T>
    {
        Span<T> target = MemoryMarshal.Cast<byte, T>(TensorBytes.Part(y, start));
        switch (type)
        {
            case IdxHeader.UnsignedByte: Convert<byte, T>(block, target, divisor); break;
            case IdxHeader.SignedByte: Convert<sbyte, T>(block, target, divisor); break;
            case IdxHeader.Short: Convert<short, T>(Reversed<short>(block, BinaryPrimitives.ReverseEndianness), target, divisor); break;
            case IdxHeader.Int: Convert<int, T>(Reversed<int>(block, BinaryPrimitives.ReverseEndianness), target, divisor); break;
            case IdxHeader.Float: Convert<float, T>(Reversed<int>(block, BinaryPrimitives.ReverseEndianness), target, divisor); break;
            default: Convert<double, T>(Reversed<long>(block, BinaryPrimitives.ReverseEndianness), target, divisor); break;
        }
    }

    private static void Convert<TFrom, T>(Span<byte> block, Span<T> target, T divisor) where TFrom : unmanaged, INumberBase<TFrom> where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<TFrom> source = MemoryMarshal.Cast<byte, TFrom>(block);
        for (int i = 0; i < source.Length; i++)
            target[i] = T.CreateSaturating(source[i]) / divisor;
    }

    private static Span<byte> Reversed<T>(Span<byte> block, Reversal<T> reverse) where T : unmanaged
    {
        Span<T> words = MemoryMarshal.Cast<byte, T>(block);
        reverse(words, words);
        return block;
    }

    private delegate void Reversal<T>(ReadOnlySpan<T> source, Span<T> target);
}
