using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>The innermost loops: contiguous operands, one lane, one body.</summary>
/// <remarks>
/// Each is compiled once for its lane and body, at full optimisation at once: tier 0 would call every lane operation.
/// The last, incomplete lane goes through the same body, so a value does not depend on its position.
/// </remarks>
internal static unsafe class Loop
{
    /// <summary>y[i] = body(a[i], b[i], c[i]) for i below n; y may be one of the operands.</summary>
    [MethodImpl(Hot.Loop)]
    [SkipLocalsInit]
    public static void Run<T, V, TBody>(TBody body, T* a, T* b, T* c, void* y, long n)
        where T : unmanaged
        where V : struct, IVectorLane<V, T>
        where TBody : struct, IBody
    {
        long i = 0;
        for (; i <= n - V.Count; i += V.Count)
        {
            V result = body.Invoke(V.Load(a + i), TBody.Arity > 1 ? V.Load(b + i) : default, TBody.Arity > 2 ? V.Load(c + i) : default);
            if (TBody.GivesMask)
                V.StoreMask(result, (byte*)y + i);
            else
                V.Store(result, (T*)y + i);
        }
        if (V.Count > 1 && i < n)
        {
            int rest = (int)(n - i);
            V result = body.Invoke(
                Last<T, V>(a + i, rest),
                TBody.Arity > 1 ? Last<T, V>(b + i, rest) : default,
                TBody.Arity > 2 ? Last<T, V>(c + i, rest) : default);
            if (TBody.GivesMask)
                Edge.StoreMask<T, V>(result, (byte*)y + i, rest);
            else
                Edge.Store(result, (T*)y + i, rest);
        }
    }

    /// <summary>y[i] = mask[i] ? yes[i] : no[i].</summary>
    [MethodImpl(Hot.Loop)]
    [SkipLocalsInit]
    public static void Select<T, V>(byte* mask, T* yes, T* no, T* y, long n)
        where T : unmanaged
        where V : struct, IVectorLane<V, T>
    {
        long i = 0;
        for (; i <= n - V.Count; i += V.Count)
            V.Store(V.Select(V.LoadMask(mask + i), V.Load(yes + i), V.Load(no + i)), y + i);
        if (V.Count > 1 && i < n)
        {
            int rest = (int)(n - i);
            V result = V.Select(Edge.LoadMask<T, V>(mask + i, rest), Last<T, V>(yes + i, rest), Last<T, V>(no + i, rest));
            Edge.Store(result, y + i, rest);
        }
    }

    // Filled up with the last element: other fillings might take a body's slow path for special values.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Last<T, V>(T* source, int count) where T : unmanaged where V : struct, IVectorLane<V, T> =>
        Edge.Load(source, count, V.Broadcast(source[count - 1]));
}
