using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>Runs an optimizer's step over a parameter in one pass through its memory, in place.</summary>
/// <remarks>All operands are contiguous and of one type. Each element depends on its own numbers alone: not on the lane's width or the number of threads.</remarks>
internal static unsafe class Update
{
    /// <summary>Updates a parameter of which up to three numbers are remembered for each element; the memories beyond are not touched.</summary>
    public static void Run<T, TUpdate>(TUpdate update, ref byte parameter, ref byte gradient, ref byte first, ref byte second, ref byte third, long count)
        where T : unmanaged
        where TUpdate : struct, IUpdate
    {
        fixed (byte* p = &parameter, g = &gradient, m = &first, v = &second, w = &third)
            Ranges.Run(count, new UpdateWork<T, TUpdate>(update, (T*)p, (T*)g, (T*)m, (T*)v, (T*)w));
    }

    [MethodImpl(Hot.Loop)]
    [SkipLocalsInit]
    private static void Loop<T, V, TUpdate>(TUpdate update, T* parameter, T* gradient, T* first, T* second, T* third, long n)
        where T : unmanaged
        where V : struct, IVectorLane<V, T>
        where TUpdate : struct, IUpdate
    {
        long i = 0;
        for (; i <= n - V.Count; i += V.Count)
        {
            V p = V.Load(parameter + i);
            V m = TUpdate.Memories > 0 ? V.Load(first + i) : default;
            V v = TUpdate.Memories > 1 ? V.Load(second + i) : default;
            V w = TUpdate.Memories > 2 ? V.Load(third + i) : default;
            update.Invoke(ref p, V.Load(gradient + i), ref m, ref v, ref w);
            V.Store(p, parameter + i);
            if (TUpdate.Memories > 0)
                V.Store(m, first + i);
            if (TUpdate.Memories > 1)
                V.Store(v, second + i);
            if (TUpdate.Memories > 2)
                V.Store(w, third + i);
        }
        if (V.Count > 1 && i < n)
        {
            int rest = (int)(n - i);
            V zero = V.Constant(0);
            V p = Edge.Load(parameter + i, rest, zero);
            V m = TUpdate.Memories > 0 ? Edge.Load(first + i, rest, zero) : default;
            V v = TUpdate.Memories > 1 ? Edge.Load(second + i, rest, zero) : default;
            V w = TUpdate.Memories > 2 ? Edge.Load(third + i, rest, zero) : default;
            update.Invoke(ref p, Edge.Load(gradient + i, rest, zero), ref m, ref v, ref w);
            Edge.Store(p, parameter + i, rest);
            if (TUpdate.Memories > 0)
                Edge.Store(m, first + i, rest);
            if (TUpdate.Memories > 1)
                Edge.Store(v, second + i, rest);
            if (TUpdate.Memories > 2)
                Edge.Store(w, third + i, rest);
        }
    }

    private readonly struct UpdateWork<T, TUpdate>(TUpdate update, T* parameter, T* gradient, T* first, T* second, T* third) : IRangeWork
        where T : unmanaged
        where TUpdate : struct, IUpdate
    {
        public void Invoke(long start, long end) =>
            WidestLane.Run<T, LoopWork<TUpdate>>(new(update, parameter + start, gradient + start, first + start, second + start, third + start, end - start));
    }

    private readonly struct LoopWork<TUpdate>(TUpdate update, void* parameter, void* gradient, void* first, void* second, void* third, long count) : ILaneWork
        where TUpdate : struct, IUpdate
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<T, V>() where T : unmanaged where V : struct, IVectorLane<V, T> =>
            Loop<T, V, TUpdate>(update, (T*)parameter, (T*)gradient, (T*)first, (T*)second, (T*)third, count);
    }
}
