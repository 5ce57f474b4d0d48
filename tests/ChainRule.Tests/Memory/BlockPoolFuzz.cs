using ChainRule.Memory;

namespace ChainRule.Tests.Memory;

/// <summary>Threads that borrow, fill, check, forget and give back at once: no block may have two borrowers.</summary>
[Collection<Alone>]
public sealed unsafe class BlockPoolFuzz
{
    private const int ThreadCount = 4, Turns = 3000, MostHeld = 12;

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3)]
    public void A_borrower_finds_what_it_wrote(int seed)
    {
        var pool = new BlockPool();
        var failures = new List<string>();
        long collections = GC.CollectionCount(0);
        Thread[] threads = [.. Enumerable.Range(0, ThreadCount).Select(thread => new Thread(() =>
        {
            if (Failure(pool, new Random(seed * 100 + thread)) is not { } failure) return;
            lock (failures)
                failures.Add($"seed {seed}, thread {thread}: {failure}");
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.Empty(failures);
        // Blocks were taken from the dead, not only from those who gave them back.
        Assert.True(GC.CollectionCount(0) > collections);
        Assert.InRange(pool.TotalBytes, 1, 100L << 20);
    }

    private static string? Failure(BlockPool pool, Random random)
    {
        var held = new List<(Borrower Borrower, int Size, long Mark)>();
        for (int turn = 0; turn < Turns; turn++)
        {
            int size = random.Next(1, 60_000);
            var borrower = new Borrower(pool, size);
            long mark = random.NextInt64();
            Longs(borrower, size).Fill(mark);
            held.Add((borrower, size, mark));
            if (turn % 500 == 0)
                GC.Collect(random.Next(3));
            while (held.Count > random.Next(MostHeld))
            {
                int at = random.Next(held.Count);
                (Borrower leaving, int length, long expected) = held[at];
                if (Longs(leaving, length).ContainsAnyExcept(expected))
                    return $"turn {turn}: a block of {length} bytes was changed by another borrower.";
                if (random.Next(2) == 0)
                    leaving.GiveBack();
                GC.KeepAlive(leaving);
                held.RemoveAt(at);
            }
        }
        return null;
    }

    private static Span<long> Longs(Borrower borrower, int size) => new((void*)borrower.Address, size / sizeof(long));
}
