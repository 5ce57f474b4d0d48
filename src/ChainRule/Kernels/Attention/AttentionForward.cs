namespace ChainRule.Kernels;

/// <summary>y = softmax(scale·q·kᵀ)·v. One unit is one block of queries of one member of the batch.</summary>
internal readonly unsafe struct AttentionForward<V, T>(AttentionSizes sizes, AttentionOperand q, AttentionOperand k, AttentionOperand v, T* y) : IRangeWork
    where V : struct, IVectorLane<V, T>
    where T : unmanaged
{
    /// <summary>Cuts the units between the threads.</summary>
    public void Run() =>
        Units.Run(sizes.Batch * sizes.Blocks, AttentionSizes.BlockLength * sizes.Places * (sizes.Size + sizes.Width), this);

    public void Invoke(long start, long end)
    {
        var scratch = new Scratch<T>(0, AttentionSizes.BlockLength * sizes.Size, AttentionSizes.BlockLength * sizes.Places, 0);
        fixed (byte* memory = scratch.Memory)
        {
            Scratch<T>.Parts parts = scratch.Of(memory);
            for (long unit = start; unit < end; unit++)
                Attend(unit / sizes.Blocks, unit % sizes.Blocks, parts.Band, parts.Packed);
        }
        scratch.Return();
    }

    private void Attend(long member, long block, T* scaled, T* weights)
    {
        long first = block * AttentionSizes.BlockLength, rows = sizes.Rows(block), seen = sizes.Seen(block);
        AttentionScores.Weigh<T, V>(sizes, block, q.Of<T>(member), k.Of<T>(member), scaled, weights);
        MatrixView<T> values = v.Of<T>(member);
        Gemm.Run(rows, sizes.Width, seen, weights, seen, 1, values.Start, values.Row, values.Column, y + (member * sizes.Queries + first) * sizes.Width, sizes.Width);
    }
}
