using System.Buffers;

namespace ChainRule.Kernels;

/// <summary>One thread's memory during a convolution, from the shared pool of arrays: numbers of positions, a band, packed columns, a tile.</summary>
internal readonly unsafe struct Scratch<T> where T : unmanaged
{
    private const int Line = 64;

    private readonly long _positions, _band, _packed;

    public Scratch(long positions, long band, long packed, long tile)
    {
        (_positions, _band, _packed) = (Lines(positions * sizeof(long)), Lines(band * sizeof(T)), Lines(packed * sizeof(T)));
        Memory = ArrayPool<byte>.Shared.Rent(checked((int)(_positions + _band + _packed + Lines(tile * sizeof(T)) + Line)));
    }

    public byte[] Memory { get; }

    /// <summary>The parts, each on cache lines of its own.</summary>
    public Parts Of(byte* memory)
    {
        byte* start = (byte*)(((nuint)memory + Line - 1) & ~(nuint)(Line - 1));
        return new((long*)start, (T*)(start + _positions), (T*)(start + _positions + _band), (T*)(start + _positions + _band + _packed));
    }

    public void Return() => ArrayPool<byte>.Shared.Return(Memory);

    private static long Lines(long bytes) => (bytes + Line - 1) / Line * Line;

    /// <summary>Where each part begins.</summary>
    public readonly struct Parts(long* positions, T* band, T* packed, T* tile)
    {
        public readonly long* Positions = positions;
        public readonly T* Band = band, Packed = packed, Tile = tile;
    }
}
