namespace ChainRule.Kernels;

/// <summary>Attention of float or double without its matrix of scores: one block of queries at a time.</summary>
internal static unsafe class Attention
{
    /// <summary>y = softmax(scale·q·kᵀ)·v, [batch, queries, width].</summary>
    public static void Forward<T>(in AttentionSizes sizes, AttentionOperand q, AttentionOperand k, AttentionOperand v, T* y) where T : unmanaged =>
        WidestLane.Run<T, ForwardWork>(new(sizes, q, k, v, y));

    /// <summary>The cotangents of q, k and v, [batch, queries, size], [batch, places, size] and [batch, places, width].</summary>
    public static void Backward<T>(in AttentionSizes sizes, AttentionOperand q, AttentionOperand k, AttentionOperand v, AttentionOperand c, T* dq, T* dk, T* dv) where T : unmanaged =>
        WidestLane.Run<T, BackwardWork>(new(sizes, q, k, v, c, dq, dk, dv));

    private readonly struct ForwardWork(AttentionSizes sizes, AttentionOperand q, AttentionOperand k, AttentionOperand v, void* y) : ILaneWork
    {
        public void Invoke<T, V>() where T : unmanaged where V : struct, IVectorLane<V, T> =>
            new AttentionForward<V, T>(sizes, q, k, v, (T*)y).Run();
    }

    private readonly struct BackwardWork(
        AttentionSizes sizes, AttentionOperand q, AttentionOperand k, AttentionOperand v, AttentionOperand c, void* dq, void* dk, void* dv) : ILaneWork
    {
        public void Invoke<T, V>() where T : unmanaged where V : struct, IVectorLane<V, T> =>
            new AttentionBackward<V, T>(sizes, q, k, v, c, (T*)dq, (T*)dk, (T*)dv).Run();
    }
}
