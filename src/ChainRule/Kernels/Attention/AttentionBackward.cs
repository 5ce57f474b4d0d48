using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>
/// What a cotangent c of softmax(scale·q·kᵀ)·v gives q, k and v. With the weights p and their cotangents t = c·vᵀ, those of the scores are
/// s = p⊙t - p·Σ p⊙t, and then dq = scale·s·k, dk = sᵀ·(scale·q), dv = pᵀ·c. One unit is one member of the batch, its blocks of queries in order.
/// </summary>
internal readonly unsafe struct AttentionBackward<V, T>(
    AttentionSizes sizes, AttentionOperand q, AttentionOperand k, AttentionOperand v, AttentionOperand c, T* dq, T* dk, T* dv) : IRangeWork
    where V : struct, IVectorLane<V, T>
    where T : unmanaged
{
    /// <summary>Cuts the units between the threads.</summary>
    public void Run() => Units.Run(sizes.Batch, 3 * sizes.Queries * sizes.Places * (sizes.Size + sizes.Width), this);

    public void Invoke(long start, long end)
    {
        long scores = AttentionSizes.BlockLength * sizes.Places;
        var scratch = new Scratch<T>(0, AttentionSizes.BlockLength * sizes.Size, 2 * scores, 0);
        fixed (byte* memory = scratch.Memory)
        {
            Scratch<T>.Parts parts = scratch.Of(memory);
            for (long member = start; member < end; member++)
            {
                Runs.Fill(dk + member * sizes.Places * sizes.Size, 1, sizes.Places * sizes.Size, default);
                Runs.Fill(dv + member * sizes.Places * sizes.Width, 1, sizes.Places * sizes.Width, default);
                for (long block = 0; block < sizes.Blocks; block++)
                    Block(member, block, parts.Band, parts.Packed, parts.Packed + scores);
            }
        }
        scratch.Return();
    }

    private void Block(long member, long block, T* scaled, T* weights, T* flows)
    {
        long first = block * AttentionSizes.BlockLength, rows = sizes.Rows(block), seen = sizes.Seen(block);
        MatrixView<T> keys = k.Of<T>(member), values = v.Of<T>(member), all = c.Of<T>(member);
        AttentionScores.Weigh<T, V>(sizes, block, q.Of<T>(member), keys, scaled, weights);
        T* cotangents = all.At(first, 0), target = dq + (member * sizes.Queries + first) * sizes.Size;
        Gemm.Run(rows, seen, sizes.Width, cotangents, all.Row, all.Column, values.Start, values.Column, values.Row, flows, seen);
        Gemm.Run(seen, sizes.Width, rows, weights, 1, seen, cotangents, all.Row, all.Column, dv + member * sizes.Places * sizes.Width, sizes.Width, default(AccumulateEpilogue));
        for (long i = 0; i < rows; i++)
            OfScores(weights + i * seen, flows + i * seen, seen);
        Gemm.Run(rows, sizes.Size, seen, flows, seen, 1, keys.Start, keys.Row, keys.Column, target, sizes.Size);
        AttentionScores.Scale<T, V>(sizes, target, rows * sizes.Size);
        Gemm.Run(seen, sizes.Size, rows, flows, 1, seen, scaled, sizes.Size, 1, dk + member * sizes.Places * sizes.Size, sizes.Size, default(AccumulateEpilogue));
    }

    // The cotangents of one query's scores: p⊙t - p·Σ p⊙t.
    private static void OfScores(T* weights, T* flows, long count)
    {
        if (FixedTree.IsOneBlock<T, V>(count))
        {
            OfBlock(weights, flows, count);
            return;
        }
        Loop.Run<T, V, BinaryBody<Product>>(default, weights, flows, null, flows, count);
        V sum = V.Broadcast(FixedTree.OfRow<T, V, SumOf>(flows, count));
        Loop.Run<T, V, BinaryBody<Remainder<V>>>(new(new(sum)), flows, weights, null, flows, count);
    }

    // The same sum as the fixed tree's, taken while the products are made.
    [MethodImpl(Hot.Loop)]
    private static void OfBlock(T* weights, T* flows, long count)
    {
        V sum = SumOf.Neutral<V>(), one = V.Constant(1);
        long i = 0;
        int rest = (int)(count % V.Count);
        for (; i < count - rest; i += V.Count)
        {
            V product = V.Load(weights + i) * V.Load(flows + i);
            V.Store(product, flows + i);
            sum += product;
        }
        if (rest > 0)
        {
            // The neutral -0 times 1 is -0 again.
            V product = Edge.Load(weights + i, rest, SumOf.Neutral<V>()) * Edge.Load(flows + i, rest, one);
            Edge.Store(product, flows + i, rest);
            sum += product;
        }
        sum = V.Broadcast(FixedTree.ByHalves<T, V, SumOf>(sum));
        for (i = 0; i < count - rest; i += V.Count)
            V.Store(V.Load(flows + i) - V.Load(weights + i) * sum, flows + i);
        if (rest > 0)
            Edge.Store(Edge.Load(flows + i, rest, one) - Edge.Load(weights + i, rest, one) * sum, flows + i, rest);
    }

    private readonly struct Product : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLane Invoke<TLane>(TLane a, TLane b) where TLane : struct, ILane<TLane> => a * b;
    }

    private readonly struct Remainder<TSum>(TSum sum) : IBinary where TSum : struct, ILane<TSum>
    {
        private readonly TSum _sum = sum;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLane Invoke<TLane>(TLane weighted, TLane weight) where TLane : struct, ILane<TLane> => weighted - weight * Unsafe.BitCast<TSum, TLane>(_sum);
    }
}
