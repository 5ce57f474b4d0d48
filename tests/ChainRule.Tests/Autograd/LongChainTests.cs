using System.Runtime.CompilerServices;

namespace ChainRule.Tests.Autograd;

/// <summary>Graphs of a million operations, and graphs that are dropped: no recursion, and nothing that holds them.</summary>
public sealed class LongChainTests
{
    private const int Length = 1_000_000;

    [Fact]
    public void A_chain_of_a_million_additions_is_differentiated_and_freed() => AssertFreed(Differentiated());

    [Fact]
    public void A_small_stack_is_enough()
    {
        WeakReference[] parts = [];
        Exception? failure = null;
        var thread = new Thread(() => failure = Xunit.Record.Exception(() => parts = Differentiated()), 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
        AssertFreed(parts);
    }

    [Fact]
    public void A_chain_that_nobody_differentiates_is_freed() => AssertFreed(Dropped());

    [Fact]
    public void A_retained_chain_is_freed_with_its_loss() => AssertFreed(Retained());

    [Fact]
    public void A_thousand_forward_passes_without_a_backward_pass_hold_no_more_than_one()
    {
        Tensor w = Leaves.Of(1, 2, 3);
        var losses = new WeakReference[1000];
        for (int i = 0; i < losses.Length; i++)
            losses[i] = Forward(w, i);
        Collect();
        Assert.Equal(0, losses.Count(loss => loss.IsAlive));
        Assert.Null(w.Grad);
    }

    [Fact]
    public void A_backward_pass_lets_the_values_go_while_the_loss_lives()
    {
        (Tensor loss, WeakReference inner) = WithInnerValue(retainGraph: false);
        Collect();
        Assert.False(inner.IsAlive);
        (Tensor retained, WeakReference kept) = WithInnerValue(retainGraph: true);
        Collect();
        Assert.True(kept.IsAlive);
        GC.KeepAlive(loss);
        GC.KeepAlive(retained);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Differentiated()
    {
        Tensor x = Leaves.Of(1), y = Chain(x);
        y.Sum().Backward();
        Assert.Equal(1 + Length, y.Item<double>());
        // Each addition adds x itself, so x arrives once for each and once for the start.
        Assert.Equal(1 + Length, x.Grad!.Item<double>());
        return [new(x), new(y), new(y.Record)];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Retained()
    {
        Tensor x = Leaves.Of(1), y = Chain(x);
        y.Sum().Backward(retainGraph: true);
        return [new(x), new(y), new(y.Record)];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Dropped()
    {
        Tensor x = Leaves.Of(1), y = Chain(x);
        return [new(x), new(y), new(y.Record)];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Forward(Tensor w, int i) => new((w * i).Exp().Sum().Record);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Tensor Loss, WeakReference Inner) WithInnerValue(bool retainGraph)
    {
        Tensor x = Leaves.Of(1, 2), inner = x * 3, loss = inner.Square().Sum();
        loss.Backward(retainGraph: retainGraph);
        return (loss, new WeakReference(inner));
    }

    private static Tensor Chain(Tensor x)
    {
        Tensor y = x * 1;
        for (int i = 0; i < Length; i++)
            y += x;
        return y;
    }

    private static void AssertFreed(WeakReference[] parts)
    {
        Assert.NotEmpty(parts);
        Collect();
        Assert.All(parts, part => Assert.False(part.IsAlive));
    }

    private static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
