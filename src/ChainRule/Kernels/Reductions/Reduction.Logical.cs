using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static unsafe partial class Reduction
{
    /// <summary>y = 1 if any element is not 0, else 0; of no element, 0.</summary>
    public static void Any(Strided<byte> x, int kept, byte* y) => RunLogical(x, kept, y, isAny: true);

    /// <summary>y = 1 if no element is 0, else 0; of no element, 1.</summary>
    public static void All(Strided<byte> x, int kept, byte* y) => RunLogical(x, kept, y, isAny: false);

    [SkipLocalsInit]
    private static void RunLogical(Strided<byte> x, int kept, byte* y, bool isAny)
    {
        Parts parts;
        Split(x, kept, &parts);
        if (parts.Elements == 0)
        {
            for (long result = 0; result < parts.Results; result++)
                y[result] = isAny ? (byte)0 : (byte)1;
            return;
        }
        if (parts.Results == 0)
            return;
        int ranges = parts.Results * parts.Elements <= Ranges.Alone ? 1 : (int)Math.Min(parts.Results, 4 * WorkerTeam.Shared.Threads);
        WorkerTeam.Shared.Run(ranges, new LogicalRows(x.Data, &parts, y, ranges, isAny));
    }

    private readonly struct LogicalRows(byte* x, Parts* parts, byte* y, int ranges, bool isAny) : IWork
    {
        [SkipLocalsInit]
        public void Invoke(int part)
        {
            long start = (long)((Int128)parts->Results * part / ranges), end = (long)((Int128)parts->Results * (part + 1) / ranges);
            byte* tile = stackalloc byte[FixedTree.BlockBytes];
            AxisWalk.Start(out AxisWalk walk, &parts->Kept, start);
            TileReader<byte>.Start(out TileReader<byte> reader, x, &parts->Reduced, 0);
            for (long result = start; result < end; result++, walk.Next())
            {
                reader.Seek(x + walk.Offset, 0);
                y[result] = Decides(ref reader, tile) == isAny ? (byte)1 : (byte)0;
            }
        }

        /// <summary>True if an element settles the question: one that is not 0 for Any, one that is 0 for All.</summary>
        private bool Decides(ref TileReader<byte> reader, byte* tile)
        {
            for (long at = 0; at < parts->Elements; at += FixedTree.BlockBytes)
            {
                int count = (int)Math.Min(FixedTree.BlockBytes, parts->Elements - at);
                var block = new ReadOnlySpan<byte>(reader.Next(tile, count), count);
                if (isAny ? block.ContainsAnyExcept((byte)0) : block.Contains((byte)0))
                    return true;
            }
            return false;
        }
    }
}
