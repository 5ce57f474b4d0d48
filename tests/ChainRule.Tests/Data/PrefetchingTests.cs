using ChainRule.Data;

namespace ChainRule.Tests.Data;

public sealed class PrefetchingTests
{
    [Fact]
    public void The_items_come_in_their_order() =>
        Assert.Equal(Enumerable.Range(0, 1000), Prefetching.Ahead(Enumerable.Range(0, 1000), 3, default));

    [Fact]
    public void No_more_are_made_than_asked_for()
    {
        int made = 0, largestLead = 0, taken = 0;
        foreach (int _ in Prefetching.Ahead(Count(), 2, default))
        {
            taken++;
            Thread.Yield();
        }

        // Two wait, and one more is made to be put there; the loop has one in hand that is not counted yet.
        Assert.InRange(largestLead, 1, 4);

        IEnumerable<int> Count()
        {
            for (; made < 200; made++)
            {
                largestLead = Math.Max(largestLead, made + 1 - Volatile.Read(ref taken));
                yield return made;
            }
        }
    }

    [Fact]
    public void Leaving_the_loop_ends_the_task_and_the_source()
    {
        bool isDisposed = false;
        foreach (int item in Prefetching.Ahead(Endless(() => isDisposed = true), 2, default))
        {
            if (item == 5)
                break;
        }
        Assert.True(isDisposed);
    }

    [Fact]
    public void An_exception_in_the_loop_ends_the_task()
    {
        bool isDisposed = false;
        Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (int _ in Prefetching.Ahead(Endless(() => isDisposed = true), 2, default))
                throw new InvalidOperationException();
        });
        Assert.True(isDisposed);
    }

    [Fact]
    public void An_exception_of_the_source_comes_after_the_items_before_it()
    {
        var seen = new List<int>();
        var thrown = Assert.Throws<InvalidDataException>(() =>
        {
            foreach (int item in Prefetching.Ahead(Broken(), 2, default))
                seen.Add(item);
        });
        Assert.Equal("broken", thrown.Message);
        Assert.Equal([1, 2], seen);
    }

    [Fact]
    public void Nothing_runs_before_the_first_item_is_asked_for()
    {
        bool hasStarted = false;
        IEnumerable<int> items = Prefetching.Ahead(Start(), 1, default);
        Assert.False(hasStarted);
        Assert.Single(items);

        IEnumerable<int> Start()
        {
            hasStarted = true;
            yield return 1;
        }
    }

    private static IEnumerable<int> Endless(Action end)
    {
        try
        {
            for (int i = 0; ; i++)
                yield return i;
        }
        finally
        {
            end();
        }
    }

    private static IEnumerable<int> Broken()
    {
        yield return 1;
        yield return 2;
        throw new InvalidDataException("broken");
    }
}
