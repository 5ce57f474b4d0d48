using ChainRule.Bench;
using ChainRule.Memory;
using ChainRule.Tests.Laws;

namespace ChainRule.Tests.Memory;

/// <summary>Eager training loops without Dispose stay flat. The whole process is measured: no other test runs meanwhile.</summary>
[Collection<Alone>]
public sealed class FlatMemoryTests
{
    private const long Megabyte = 1 << 20;

    // See docs/decisions/0005-memory-without-dispose.md: this much may wait to be noticed, or as much as is live.
    private const long Unnoticed = 32 * Megabyte;

    [Fact]
    public void A_hundred_thousand_steps_hold_no_more_than_a_thousand()
    {
        Action step = SmallNetworks.XorStep();
        Repeat(step, 1_000);
        (long heap, long pool) = (GC.GetTotalMemory(forceFullCollection: true), BlockPool.Shared.TotalBytes);
        Repeat(step, 99_000);
        // One reference that is left behind in each step would be 800 KB.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - heap, long.MinValue, 100_000);
        Assert.Equal(pool, BlockPool.Shared.TotalBytes);
    }

    [Theory]
    [InlineData(1), InlineData(4)]
    public void A_loop_with_large_tensors_holds_what_is_live_and_what_waits_to_be_noticed(int megabytes)
    {
        Action step = LargeStep(megabytes * Megabyte / sizeof(float));
        long before = BlockPool.Shared.TotalBytes, live = BytesOf(step);
        long bound = before + live + Math.Max(Unnoticed, before + live);
        // So many steps that without reuse they would take ten times as much, whatever other tests have left in the pool.
        long steps = 10 * bound / live + 1, most = 0;
        for (long i = 0; i < steps; i++)
        {
            step();
            most = Math.Max(most, BlockPool.Shared.TotalBytes);
        }
        Assert.InRange(most, 0, bound);
    }

    private static void Repeat(Action step, int times)
    {
        for (int i = 0; i < times; i++)
            step();
    }

    private static Action LargeStep(long count)
    {
        Tensor x = Tensor.Normal([count], new RandomKey(1)), w = Tensor.Normal([count], new RandomKey(2)).RequiresGrad();
        return () =>
        {
            w.Grad = null;
            ((w * x).Relu() + 1).Square().Mean().Backward();
            using (new NoGrad())
                w.CopyFrom(w - w.Grad! * 0.1);
        };
    }

    // What a step computes, as if it were all live at once, and what it starts from.
    private static long BytesOf(Action step)
    {
        List<Application> calls = Application.During(step);
        IEnumerable<Storage> storages = calls.SelectMany(call => call.Operands.Append(call.Result)).Select(tensor => tensor.Storage).Distinct();
        return storages.Sum(storage => BlockPool.ClassOf(storage.ByteCount).Size);
    }
}
