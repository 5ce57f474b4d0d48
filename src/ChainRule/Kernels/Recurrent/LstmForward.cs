using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>Takes sequences through time: gates = x[t] + h[t-1]·Uᵀ, c[t] = σ(f)⊙c[t-1] + σ(i)⊙tanh(g), h[t] = σ(o)⊙tanh(c[t]).</summary>
/// <remarks>Sequences do not depend on each other: each thread takes its own through all of time, and nobody waits in between.</remarks>
internal readonly unsafe struct LstmForward<V, T, TSigmoid, TTanh>(LstmSizes sizes, T* x, T* packed, T* hidden, T* cell, T* trace) : IRangeWork
    where V : struct, IVectorLane<V, T>
    where T : unmanaged
    where TSigmoid : struct, IUnary
    where TTanh : struct, IUnary
{
    public void Invoke(long start, long end)
    {
        var scratch = new Scratch<T>(0, LstmSizes.Rows * 4 * sizes.Hidden, 0, PackedProduct<V, T>.TileElements);
        fixed (byte* memory = scratch.Memory)
        {
            Scratch<T>.Parts parts = scratch.Of(memory);
            for (long unit = start; unit < end; unit++)
                Through(unit * LstmSizes.Rows, Math.Min(LstmSizes.Rows, sizes.Batch - unit * LstmSizes.Rows), parts.Band, parts.Tile);
        }
        scratch.Return();
    }

    private void Through(long first, long rows, T* gates, T* tile)
    {
        long size = sizes.Hidden, offset = first * size;
        T* h = hidden + offset, c = cell + offset;
        for (long step = 0; step < sizes.Time; step++)
        {
            long at = sizes.At(step) * sizes.Step + offset;
            PackedProduct<V, T>.Run(rows, 4 * size, size, h, size, packed, gates, 4 * size, tile);
            for (long row = 0; row < rows; row++)
                Gates(x + 4 * (at + row * size), gates + row * 4 * size, c + row * size, trace + at + row * size);
            c = trace + 4 * sizes.Plane + at;
            h = trace + 5 * sizes.Plane + at;
        }
    }

    [MethodImpl(Hot.Loop)]
    private void Gates(T* inputs, T* gates, T* previous, T* planes)
    {
        long size = sizes.Hidden, plane = sizes.Plane;
        for (long j = 0; j < size; j += V.Count)
        {
            int count = (int)Math.Min(V.Count, size - j);
            V i = default(TSigmoid).Invoke(Load(inputs + j, count) + Load(gates + j, count));
            V f = default(TSigmoid).Invoke(Load(inputs + size + j, count) + Load(gates + size + j, count));
            V g = default(TTanh).Invoke(Load(inputs + 2 * size + j, count) + Load(gates + 2 * size + j, count));
            V o = default(TSigmoid).Invoke(Load(inputs + 3 * size + j, count) + Load(gates + 3 * size + j, count));
            V admitted = i * g, next = f * Load(previous + j, count) + admitted;
            Store(i, planes + j, count);
            Store(f, planes + plane + j, count);
            Store(g, planes + 2 * plane + j, count);
            Store(o, planes + 3 * plane + j, count);
            Store(next, planes + 4 * plane + j, count);
            Store(o * default(TTanh).Invoke(next), planes + 5 * plane + j, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Load(T* source, int count) => count == V.Count ? V.Load(source) : Edge.Load(source, count, V.Constant(0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(V value, T* target, int count)
    {
        if (count == V.Count)
            V.Store(value, target);
        else
            Edge.Store(value, target, count);
    }
}
