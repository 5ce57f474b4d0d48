using System.Buffers;
using System.Numerics;

namespace ChainRule.Kernels;

/// <summary>
/// Convolution of planes [batch, groups·inputs, ...] with windows of weights [groups·outputs, inputs, ...], and its two transposes.
/// </summary>
/// <remarks>
/// Each is a product with the matrix of what the windows meet, which is never there as a whole. How the work is cut depends on the
/// sizes alone, so neither lanes nor threads change a bit.
/// </remarks>
internal static unsafe class Convolution
{
    /// <summary>Elements of a tile of the transpose in x with strides: half a megabyte of float, which stays in the second cache.</summary>
    public const long TileElements = 128 * 1024;

    /// <summary>Windows in such a tile: a few of the blocks of 256 in which a product adds.</summary>
    public const long TileWindows = 1024;

    /// <summary>y[n, o] = Σ w[o, c, k] x[n, c] over the inputs c of o's group and the places k of the window.</summary>
    public static void Forward<T>(in ConvolutionSizes sizes, T* x, T* weight, T* y) where T : unmanaged, INumber<T>
    {
        if (sizes.Rows == 0)
            Clear(y, sizes.Batch * sizes.Groups * sizes.GroupOutputs * sizes.Windows.OutputCount);
        else
            WidestLane.Run<T, ForwardWork>(new(sizes, x, weight, y));
    }

    /// <summary>The transpose in x: x[n, c] = Σ w[o, c, k] y[n, o] over the windows and places that meet an element.</summary>
    public static void ByInput<T>(in ConvolutionSizes sizes, T* y, T* weight, T* x) where T : unmanaged, INumber<T>
    {
        if (TurnedAround.Suits(sizes))
        {
            TurnedAround.Run(sizes, y, weight, x);
            return;
        }
        (long tile, long block) = Blocks(sizes);
        long blocks = (sizes.GroupInputs + block - 1) / block;
        long cost = sizes.GroupOutputs * block * sizes.Windows.KernelCount * sizes.Windows.OutputCount;
        Units.Run(sizes.Batch * sizes.Groups * blocks, cost, new ConvolutionByInput<T>(sizes, y, weight, x, tile, block));
    }

    /// <summary>The transpose in the weight: w[o, c, k] = Σ x[n, c] y[n, o] over the batch and the windows, in order.</summary>
    public static void ByWeight<T>(in ConvolutionSizes sizes, T* x, T* y, T* weight) where T : unmanaged, INumber<T>
    {
        long count = sizes.Groups * sizes.GroupOutputs * sizes.Rows, chunks = ByWeightWork.Chunks(sizes);
        if (chunks == 1)
        {
            WidestLane.Run<T, ByWeightWork>(new(sizes, x, y, weight));
            return;
        }
        T[] buffer = ArrayPool<T>.Shared.Rent(checked((int)(count * chunks)));
        fixed (T* sums = buffer)
        {
            WidestLane.Run<T, ByWeightWork>(new(sizes, x, y, sums));
            for (long i = 0; i < count; i++)
                weight[i] = sums[i];
            for (long chunk = 1; chunk < chunks; chunk++)
            {
                T* sum = sums + chunk * count;
                for (long i = 0; i < count; i++)
                    weight[i] += sum[i];
            }
        }
        ArrayPool<T>.Shared.Return(buffer);
    }

    // Windows in a tile, and channels in a block: independent of the batch and the groups.
    private static (long Tile, long Block) Blocks(in ConvolutionSizes sizes)
    {
        long places = sizes.Windows.KernelCount;
        long tile = Math.Clamp(TileElements / places, 1, TileWindows);
        tile = Math.Min(tile, Math.Max(sizes.Windows.OutputCount, 1));
        long block = Math.Clamp(TileElements / (places * tile), 1, Math.Max(sizes.GroupInputs, 1));
        return (tile, block);
    }

    private static void Clear<T>(T* y, long count) where T : unmanaged, INumber<T>
    {
        for (long i = 0; i < count; i++)
            y[i] = T.Zero;
    }

    private readonly struct ForwardWork(ConvolutionSizes sizes, void* x, void* weight, void* y) : ILaneWork
    {
        public void Invoke<T, V>() where T : unmanaged where V : struct, IVectorLane<V, T> =>
            new ConvolutionForward<V, T>(sizes, (T*)x, (T*)weight, (T*)y).Run();
    }

    private readonly struct ByWeightWork(ConvolutionSizes sizes, void* x, void* y, void* sums) : ILaneWork
    {
        public static long Chunks(in ConvolutionSizes sizes) => ConvolutionByWeight<Single1, float>.Chunks(sizes);

        public void Invoke<T, V>() where T : unmanaged where V : struct, IVectorLane<V, T> =>
            new ConvolutionByWeight<V, T>(sizes, (T*)x, (T*)y, (T*)sums).Run();
    }
}
