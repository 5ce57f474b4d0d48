using System.Collections.Concurrent;

namespace ChainRule.Data;

/// <summary>Lets a background task work ahead of a loop.</summary>
internal static class Prefetching
{
    /// <summary>The same items in the same order; up to <paramref name="count"/> of them are made before they are asked for.</summary>
    /// <remarks>However the loop is left, the task has ended by then. What it throws is thrown in the loop, after the items before it.</remarks>
    public static IEnumerable<T> Ahead<T>(IEnumerable<T> source, int count, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var ready = new BlockingCollection<T>(count);
        Task task = Task.Run(() => Work(source, ready, stop.Token), CancellationToken.None);
        try
        {
            foreach (T item in ready.GetConsumingEnumerable(cancellation))
                yield return item;
        }
        finally
        {
            stop.Cancel();
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
        }
        task.GetAwaiter().GetResult();
    }

    private static void Work<T>(IEnumerable<T> source, BlockingCollection<T> ready, CancellationToken stop)
    {
        try
        {
            foreach (T item in source)
                ready.Add(item, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody waits for more.
        }
        finally
        {
            ready.CompleteAdding();
        }
    }
}
