using ChainRule.Memory;

namespace ChainRule.Tests.Memory;

/// <summary>Collections are counted and forced here: no other test allocates meanwhile.</summary>
[Collection<Alone>]
public sealed unsafe class BlockPoolTests
{
    private const long Megabyte = 1 << 20;

    [Fact]
    public void A_size_class_adds_at_most_a_quarter_from_one_byte_to_a_terabyte()
    {
        long[] requests = [.. Requests()];
        Assert.InRange(requests.Length, 5000, 10_000);
        Assert.Equal((1, 1L << 40), (requests.Min(), requests.Max()));
        (int sizeClass, long size) = (-1, 0);
        foreach (long request in requests.Order())
        {
            (int nextClass, long nextSize) = BlockPool.ClassOf(request);
            // No block is smaller than a cache line.
            Assert.InRange(nextSize, request, Math.Max(64, request + request / 4));
            Assert.Equal(nextClass > sizeClass, nextSize > size);
            Assert.True(nextClass >= sizeClass && nextSize >= size);
            Assert.Equal((nextClass, nextSize), BlockPool.ClassOf(nextSize));
            (sizeClass, size) = (nextClass, nextSize);
        }
    }

    [Fact]
    public void The_size_classes_are_powers_of_two_in_quarters()
    {
        long[] expected = [64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512];
        Assert.Equal(expected, Enumerable.Range(1, 512).Select(request => BlockPool.ClassOf(request).Size).Distinct());
    }

    [Fact]
    public void Blocks_are_aligned_to_64_bytes_and_every_byte_is_usable()
    {
        var pool = new BlockPool();
        var borrowers = new List<Borrower>();
        foreach (long size in new[] { 1, 63, 64, 65, 4097, 5000, 8192, 100_000, Megabyte + 1 })
        {
            var borrower = new Borrower(pool, size);
            borrowers.Add(borrower);
            Assert.Equal(0, borrower.Address % 64);
            Assert.True(borrower.Block.ByteCount >= size);
            new Span<byte>((void*)borrower.Address, (int)borrower.Block.ByteCount).Fill((byte)borrowers.Count);
        }
        for (int i = 0; i < borrowers.Count; i++)
            Assert.False(new Span<byte>((void*)borrowers[i].Address, (int)borrowers[i].Block.ByteCount).ContainsAnyExcept((byte)(i + 1)));
        Assert.Equal(borrowers.Sum(borrower => borrower.Block.ByteCount), pool.TotalBytes);
    }

    [Fact]
    public void A_block_is_lent_again_once_its_borrower_is_unreachable()
    {
        var pool = new BlockPool();
        nint address = Borrower.Forgotten(pool, 10_000);
        GC.Collect();
        Assert.Equal(address, new Borrower(pool, 10_000).Address);
    }

    [Fact]
    public void A_block_is_not_lent_again_while_its_borrower_is_reachable()
    {
        var pool = new BlockPool();
        var first = new Borrower(pool, 10_000);
        GC.Collect();
        var second = new Borrower(pool, 10_000);
        Assert.NotEqual(first.Address, second.Address);
        GC.KeepAlive(first);
        GC.KeepAlive(second);
    }

    [Fact]
    public void A_block_given_back_is_the_next_of_its_size_to_be_lent()
    {
        var pool = new BlockPool();
        Borrower first = new(pool, 10_000), second = new(pool, 10_000);
        first.GiveBack();
        Assert.Equal(first.Address, new Borrower(pool, 9_000).Address); // 8193 to 10240 bytes are one class
        second.GiveBack();
        Assert.NotEqual(second.Address, new Borrower(pool, 8_000).Address);
    }

    [Fact]
    public void Giving_back_twice_or_as_a_stranger_does_nothing()
    {
        var pool = new BlockPool();
        var first = new Borrower(pool, 10_000);
        var other = new Borrower(pool, 10_000);
        pool.TakeBack(first.Block, other);
        pool.TakeBack(first.Block, new object());
        Borrower second = new(pool, 10_000);
        Assert.NotEqual(first.Address, second.Address);

        first.GiveBack();
        first.GiveBack();
        Borrower third = new(pool, 10_000), fourth = new(pool, 10_000);
        Assert.Equal(first.Address, third.Address);
        Assert.NotEqual(third.Address, fourth.Address);
        // The block is lent to another by now.
        first.GiveBack();
        Assert.NotEqual(third.Address, new Borrower(pool, 10_000).Address);
        GC.KeepAlive((other, second, third, fourth));
    }

    [Fact]
    public void A_block_that_no_one_asks_for_during_eight_looks_is_dropped()
    {
        const int MostLends = 100;
        var pool = new BlockPool();
        var idle = new Borrower(pool, Megabyte);
        idle.GiveBack();
        int lends = 0;
        // Each lends more than is worth a look, and looks unless a collection happened just then.
        for (; pool.TotalBytes != 40 * Megabyte && lends < MostLends; lends++)
            Borrower.Forgotten(pool, 40 * Megabyte);
        Assert.InRange(lends, 10, MostLends - 1); // the first finds nothing to look for
        Assert.Equal(40 * Megabyte, pool.TotalBytes);
        Assert.Throws<InvalidOperationException>(() => idle.Block.Borrower); // its handle is freed
    }

    [Fact]
    public void Forgotten_blocks_are_found_without_a_collection_by_anyone_else()
    {
        var pool = new BlockPool();
        for (int i = 0; i < 1000; i++)
            Borrower.Forgotten(pool, Megabyte);
        // 32 MB may go out before the pool looks, and the one that is asked for then.
        Assert.InRange(pool.TotalBytes, Megabyte, 33 * Megabyte);
    }

    [Fact]
    public void What_is_promoted_is_found_too()
    {
        var pool = new BlockPool();
        var held = new Queue<Borrower>();
        for (int i = 0; i < 2000; i++)
        {
            held.Enqueue(new Borrower(pool, Megabyte));
            if (held.Count > 20)
                held.Dequeue();
            if (i % 10 == 0)
                GC.Collect(i % 20 == 0 ? 0 : 1); // makes those that are held old
        }
        Assert.InRange(pool.TotalBytes, 20 * Megabyte, (21 + 33) * Megabyte);
    }

    [Fact]
    public void A_request_beyond_the_memory_is_refused_before_anything_is_taken()
    {
        var pool = new BlockPool();
        foreach (long size in new[] { GC.GetGCMemoryInfo().TotalAvailableMemoryBytes + 1, 1L << 40, 1L << 62, long.MaxValue - 7, long.MaxValue })
            Assert.Throws<InsufficientMemoryException>(() => pool.Lend(this, size));
        Assert.Equal(0, pool.TotalBytes);
    }

    [Fact]
    public void Dead_and_free_blocks_of_other_sizes_make_room_before_a_request_is_refused()
    {
        var pool = new BlockPool(limit: 10 * Megabyte);
        new Borrower(pool, 2 * Megabyte).GiveBack();
        Borrower.Forgotten(pool, 6 * Megabyte);
        var kept = new Borrower(pool, Megabyte);
        var large = new Borrower(pool, 8 * Megabyte);
        Assert.Equal(9 * Megabyte, pool.TotalBytes);
        Assert.Throws<InsufficientMemoryException>(() => pool.Lend(this, 2 * Megabyte));
        Assert.Equal(9 * Megabyte, pool.TotalBytes);
        GC.KeepAlive((kept, large));
    }

    private static IEnumerable<long> Requests()
    {
        for (long request = 1; request <= 5000; request++)
            yield return request;
        for (int power = 13; power <= 40; power++)
        {
            long quarter = 1L << (power - 3);
            for (long quarters = 5; quarters <= 8; quarters++)
            {
                yield return quarters * quarter - 1;
                yield return quarters * quarter;
                if (quarters * quarter < 1L << 40)
                    yield return quarters * quarter + 1;
            }
        }
    }
}
