using System.Runtime.CompilerServices;
using ChainRule.Memory;

namespace ChainRule.Tests.Memory;

/// <summary>Collections are forced here: no other test allocates meanwhile.</summary>
[Collection<Alone>]
public sealed class HandedOutTests
{
    private const int Rounds = 10, TensorsOfARound = 40;

    [Theory]
    [InlineData(10)] // a plain array
    [InlineData(5000)] // a block of the pool
    [InlineData(200_000)]
    public void A_span_survives_its_tensor(int count)
    {
        ReadOnlySpan<float> whole = SpanOf(7, count), row = RowOf(3, count);
        var others = new List<Tensor>();
        for (int round = 0; round < Rounds; round++)
        {
            GC.Collect();
            for (int i = 0; i < TensorsOfARound; i++)
                others.Add(Tensor.Full([count], -1.0));
            others.RemoveRange(0, others.Count / 2);
        }
        Assert.Equal((count, count), (whole.Length, row.Length));
        Assert.False(whole.ContainsAnyExcept(7));
        Assert.False(row.ContainsAnyExcept(3));
        GC.KeepAlive(others);
    }

    [Fact]
    public void A_block_that_was_handed_out_never_comes_back()
    {
        var pool = new BlockPool();
        nint address = HandedOut(pool);
        for (int round = 0; round < Rounds; round++)
        {
            GC.Collect();
            Assert.NotEqual(address, Borrower.Forgotten(pool, 10_000));
        }
    }

    [Fact]
    public void A_block_that_was_handed_out_is_dropped_when_it_is_given_back()
    {
        var pool = new BlockPool();
        var borrower = new Borrower(pool, 10_000);
        borrower.Block.IsHandedOut = true;
        borrower.GiveBack();
        Assert.Equal(0, pool.TotalBytes);
        Assert.NotSame(borrower.Block, new Borrower(pool, 10_000).Block);
    }

    [Fact]
    public unsafe void The_start_of_a_block_is_its_address()
    {
        var borrower = new Borrower(new BlockPool(), 10_000);
        Assert.Equal(borrower.Address, (nint)Unsafe.AsPointer(ref borrower.Block.Start));
    }

    // In frames of their own, so that no local keeps the tensor.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<float> SpanOf(double value, int count) => Tensor.Full([count], value).AsSpan<float>();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<float> RowOf(double value, int count) => Tensor.Full([2, count], value)[1].AsSpan<float>();

    // The address is hidden from the collector, and the pinned array is kept so that no other can get its place.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint HandedOut(BlockPool pool)
    {
        var borrower = new Borrower(pool, 10_000);
        borrower.Block.IsHandedOut = true;
        Kept.Add(borrower.Block);
        return borrower.Address;
    }

    private static readonly List<Block> Kept = [];
}
