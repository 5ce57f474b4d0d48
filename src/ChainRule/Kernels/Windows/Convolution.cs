using System.Numerics;

namespace ChainRule.Kernels;

/// <summary>
/// Convolution of planes [batch, groups·inputs, ...] with windows of weights [groups·outputs, inputs, ...], and its two transposes.
/// </summary>
/// <remarks>
/// Each is a product with the matrix of what the windows meet, which is never there as a whole: a tile of at most about
/// <see cref="TileElements"/> elements at a time. Where the tiles are cut depends on the windows alone and each element's sum goes
/// over k as in <see cref="Gemm"/>, so neither the size of the batch nor the number of threads changes a bit.
/// </remarks>
internal static class Convolution
{
    /// <summary>Elements of a tile: half a megabyte of float, which stays in the second cache beside the packed operands.</summary>
    public const long TileElements = 128 * 1024;

    /// <summary>Windows in a tile where tiles are cut along channels, too: a few of the blocks of 256 in which a product adds.</summary>
    public const long TileWindows = 1024;

    /// <summary>y[n, o] = Σ w[o, c, k] x[n, c] over the inputs c of o's group and the places k of the window.</summary>
    public static unsafe void Forward<T>(in ConvolutionSizes sizes, T* x, T* weight, T* y) where T : unmanaged, INumber<T>
    {
        long tile = Math.Clamp(TileElements / Math.Max(sizes.Rows, 1), 48, Math.Max(sizes.Windows.OutputCount, 48));
        long tiles = (sizes.Windows.OutputCount + tile - 1) / tile;
        long cost = sizes.GroupOutputs * Math.Max(sizes.Rows, 1) * Math.Min(tile, sizes.Windows.OutputCount);
        Units.Run(sizes.Batch * sizes.Groups * tiles, cost, new ConvolutionForward<T>(sizes, x, weight, y, tile, tiles));
    }

    /// <summary>The transpose in x: x[n, c] = Σ w[o, c, k] y[n, o] over the windows and places that meet an element.</summary>
    public static unsafe void ByInput<T>(in ConvolutionSizes sizes, T* y, T* weight, T* x) where T : unmanaged, INumber<T>
    {
        (long tile, long block) = Blocks(sizes);
        long blocks = (sizes.GroupInputs + block - 1) / block;
        long cost = sizes.GroupOutputs * block * sizes.Windows.KernelCount * sizes.Windows.OutputCount;
        Units.Run(sizes.Batch * sizes.Groups * blocks, cost, new ConvolutionByInput<T>(sizes, y, weight, x, tile, block));
    }

    /// <summary>The transpose in the weight: w[o, c, k] = Σ x[n, c] y[n, o] over the batch and the windows, in order.</summary>
    public static unsafe void ByWeight<T>(in ConvolutionSizes sizes, T* x, T* y, T* weight) where T : unmanaged, INumber<T>
    {
        (long tile, long block) = Blocks(sizes);
        long blocks = (sizes.GroupInputs + block - 1) / block;
        long cost = sizes.Batch * sizes.GroupOutputs * block * sizes.Windows.KernelCount * sizes.Windows.OutputCount;
        Units.Run(sizes.Groups * blocks, cost, new ConvolutionByWeight<T>(sizes, x, y, weight, tile, block));
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
}
