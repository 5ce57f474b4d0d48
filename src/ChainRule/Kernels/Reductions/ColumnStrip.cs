using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>The fixed trees of a strip of neighbouring results, side by side.</summary>
/// <remarks>Memory holds rows as wide as the strip: one for each virtual lane, one for a gathered row, and one for each level of pairs.</remarks>
internal unsafe struct ColumnStrip<T, V, TReducer>(T* memory, long* offsets, int pitch, long stride)
    where T : unmanaged
    where V : struct, IVectorLane<V, T>
    where TReducer : struct, IReducer
{
    private readonly T* _gathered = memory + FixedTree.Lanes<T>() * pitch;
    private readonly T* _levels = memory + (FixedTree.Lanes<T>() + 1) * pitch;
    private int _top;
    private long _blocks;

    /// <summary>Reduces <paramref name="width"/> results; x is the first element of the first.</summary>
    [SkipLocalsInit]
    public void Run(T* x, Reduction.Parts* parts, int width, T* y)
    {
        (_top, _blocks) = (0, 0);
        AxisWalk.Start(out AxisWalk walk, &parts->Reduced, 0);
        for (long at = 0; at < parts->Elements; at += FixedTree.Block<T>())
        {
            int count = (int)Math.Min(FixedTree.Block<T>(), parts->Elements - at);
            for (int row = 0; row < count; row++, walk.Next())
                offsets[row] = walk.Offset;
            if (stride == 1)
                AddRows(x, count, width);
            else
                AddGatheredRows(x, count, width);
            CombineLanes(Math.Min(count, FixedTree.Lanes<T>()), width);
            CombineBlocks(width);
        }
        while (--_top > 0)
            Combine(Level(_top - 1), Level(_top), Level(_top - 1), width);
        Buffer.MemoryCopy(_levels, y, width * sizeof(T), width * sizeof(T));
    }

    private readonly T* Level(int level) => _levels + level * pitch;

    private readonly T* Lane(int lane) => memory + lane * pitch;

    /// <summary>Each lane combines its rows of the block, four vectors of results at a time.</summary>
    [MethodImpl(Hot.Loop)]
    private readonly void AddRows(T* x, int count, int width)
    {
        int lanes = FixedTree.Lanes<T>();
        for (int lane = 0; lane < Math.Min(lanes, count); lane++)
        {
            T* total = Lane(lane);
            int column = 0;
            for (; column <= width - 4 * V.Count; column += 4 * V.Count)
            {
                T* first = x + offsets[lane] + column;
                V a = V.Load(first), b = V.Load(first + V.Count), c = V.Load(first + 2 * V.Count), d = V.Load(first + 3 * V.Count);
                for (int row = lane + lanes; row < count; row += lanes)
                {
                    T* next = x + offsets[row] + column;
                    a = TReducer.Combine(a, V.Load(next));
                    b = TReducer.Combine(b, V.Load(next + V.Count));
                    c = TReducer.Combine(c, V.Load(next + 2 * V.Count));
                    d = TReducer.Combine(d, V.Load(next + 3 * V.Count));
                }
                V.Store(a, total + column);
                V.Store(b, total + column + V.Count);
                V.Store(c, total + column + 2 * V.Count);
                V.Store(d, total + column + 3 * V.Count);
            }
            for (; column <= width - V.Count; column += V.Count)
            {
                V a = V.Load(x + offsets[lane] + column);
                for (int row = lane + lanes; row < count; row += lanes)
                    a = TReducer.Combine(a, V.Load(x + offsets[row] + column));
                V.Store(a, total + column);
            }
            if (V.Count > 1 && column < width)
            {
                V neutral = TReducer.Neutral<V>(), a = neutral;
                for (int row = lane; row < count; row += lanes)
                    a = TReducer.Combine(a, Edge.Load(x + offsets[row] + column, width - column, neutral));
                V.Store(a, total + column);
            }
        }
    }

    private readonly void AddGatheredRows(T* x, int count, int width)
    {
        int lanes = FixedTree.Lanes<T>();
        for (int row = 0; row < count; row++)
        {
            T* total = Lane(row % lanes);
            if (row < lanes)
            {
                Runs.Copy(x + offsets[row], stride, total, width);
                continue;
            }
            Runs.Copy(x + offsets[row], stride, _gathered, width);
            Combine(total, _gathered, total, width);
        }
    }

    private readonly void CombineLanes(int count, int width)
    {
        for (int half = FixedTree.Lanes<T>() / 2; half >= 1; half /= 2)
        {
            for (int lane = 0; lane < Math.Min(half, count - half); lane++)
                Combine(Lane(lane), Lane(lane + half), Lane(lane), width);
            count = Math.Min(count, half);
        }
    }

    /// <summary>One step of <see cref="Pairs{T, TReducer}"/>, in rows.</summary>
    private void CombineBlocks(int width)
    {
        for (long carry = _blocks++; (carry & 1) != 0; carry >>= 1)
            Combine(Level(--_top), Lane(0), Lane(0), width);
        Buffer.MemoryCopy(Lane(0), Level(_top++), width * sizeof(T), width * sizeof(T));
    }

    /// <summary>target = a combined with b. Whole vectors: rows in memory are padded.</summary>
    [MethodImpl(Hot.Loop)]
    private static void Combine(T* a, T* b, T* target, int width)
    {
        for (int column = 0; column < width; column += V.Count)
            V.Store(TReducer.Combine(V.Load(a + column), V.Load(b + column)), target + column);
    }
}
