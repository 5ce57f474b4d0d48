using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>Takes the cotangents of all states and of the last cell back through time, to those of the gates' inputs and of the first states.</summary>
internal readonly unsafe struct LstmBackward<V, T, TTanh>(LstmSizes sizes, T* trace, T* packed, T* cell, T* flow, T* inputs, T* hiddenFlow, T* cellFlow) : IRangeWork
    where V : struct, IVectorLane<V, T>
    where T : unmanaged
    where TTanh : struct, IUnary
{
    public void Invoke(long start, long end)
    {
        var scratch = new Scratch<T>(0, 0, 0, PackedProduct<V, T>.TileElements);
        fixed (byte* memory = scratch.Memory)
        {
            for (long unit = start; unit < end; unit++)
                Back(unit * LstmSizes.Rows, Math.Min(LstmSizes.Rows, sizes.Batch - unit * LstmSizes.Rows), scratch.Of(memory).Tile);
        }
        scratch.Return();
    }

    private void Back(long first, long rows, T* tile)
    {
        long size = sizes.Hidden, offset = first * size;
        T* h = hiddenFlow + offset, c = cellFlow + offset;
        Runs.Fill(h, 1, rows * size, default);
        Runs.Copy(flow + sizes.Plane + offset, 1, c, rows * size);
        for (long step = sizes.Time - 1; step >= 0; step--)
        {
            long at = sizes.At(step) * sizes.Step + offset;
            T* previous = step > 0 ? trace + 4 * sizes.Plane + sizes.At(step - 1) * sizes.Step + offset : cell + offset;
            for (long row = 0; row < rows; row++)
                Gates(trace + at + row * size, previous + row * size, flow + at + row * size, h + row * size, c + row * size, inputs + 4 * (at + row * size));
            PackedProduct<V, T>.Run(rows, size, 4 * size, inputs + 4 * at, 4 * size, packed, h, size, tile);
        }
    }

    [MethodImpl(Hot.Loop)]
    private void Gates(T* planes, T* previous, T* flows, T* h, T* c, T* target)
    {
        long size = sizes.Hidden, plane = sizes.Plane;
        V one = V.Constant(1);
        for (long j = 0; j < size; j += V.Count)
        {
            int count = (int)Math.Min(V.Count, size - j);
            V i = Load(planes + j, count), f = Load(planes + plane + j, count), g = Load(planes + 2 * plane + j, count), o = Load(planes + 3 * plane + j, count);
            V tanh = default(TTanh).Invoke(Load(planes + 4 * plane + j, count));
            V dh = Load(flows + j, count) + Load(h + j, count);
            V dc = Load(c + j, count) + dh * o * (one - tanh * tanh);
            Store(dc * g * (i * (one - i)), target + j, count);
            Store(dc * Load(previous + j, count) * (f * (one - f)), target + size + j, count);
            Store(dc * i * (one - g * g), target + 2 * size + j, count);
            Store(dh * tanh * (o * (one - o)), target + 3 * size + j, count);
            Store(dc * f, c + j, count);
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
