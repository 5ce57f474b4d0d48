namespace ChainRule.Data;

/// <summary>A data set in batches, in a new random order for each epoch that depends on the key and the epoch alone.</summary>
public sealed class Batches
{
    /// <summary>Below this size a batch is gathered faster than handed from thread to thread.</summary>
    private const long SmallestPrefetched = 1 << 16;

    private readonly RandomKey? _key;

    /// <summary>Batches of a data set.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="size">Examples in a batch; the last may be smaller.</param>
    /// <param name="key">Decides the order of each epoch; null keeps the data set's own order.</param>
    public Batches(Dataset data, int size, RandomKey? key)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        (Data, Size, _key) = (data, size, key);
        long bytes = Math.Min(size, data.Count) * data.FeatureCount * data.Inputs.DType.Size();
        Prefetch = bytes >= SmallestPrefetched && !OperatingSystem.IsBrowser() ? 2 : 0;
    }

    /// <summary>The data set.</summary>
    public Dataset Data { get; }

    /// <summary>Examples in a batch.</summary>
    public int Size { get; }

    /// <summary>Whether a last batch with fewer examples is left out.</summary>
    public bool DropLast { get; init; }

    /// <summary>How many batches a background task keeps ready; 0 gathers each when it is asked for. The batches are the same.</summary>
    /// <remarks>By itself 2 for batches that take longer to gather than to hand over, else 0.</remarks>
    public int Prefetch
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>The number of batches in an epoch.</summary>
    public long PerEpoch => DropLast ? Data.Count / Size : (Data.Count + Size - 1) / Size;

    /// <summary>The batches of one epoch. Leaving the loop early, by break or exception, ends the background task.</summary>
    /// <param name="epoch">Which epoch, counted from 0; asking again gives the same batches.</param>
    /// <param name="cancellation">Ends the loop with <see cref="OperationCanceledException"/>.</param>
    public IEnumerable<Batch> Epoch(long epoch, CancellationToken cancellation = default) => Epoch(epoch, 0, cancellation);

    /// <summary>The batches of one epoch from one of them on, to go on with an epoch that was interrupted; those before are not gathered.</summary>
    /// <param name="epoch">Which epoch, counted from 0.</param>
    /// <param name="first">The first batch, counted from 0; there are none left from <see cref="PerEpoch"/> on.</param>
    /// <param name="cancellation">Ends the loop with <see cref="OperationCanceledException"/>.</param>
    public IEnumerable<Batch> Epoch(long epoch, long first, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        IEnumerable<Batch> batches = Gather(epoch, first);
        return Prefetch == 0 ? Cancellable(batches, cancellation) : Prefetching.Ahead(batches, Prefetch, cancellation);
    }

    private IEnumerable<Batch> Gather(long epoch, long first)
    {
        Tensor? order = _key is { } key ? Tensor.Permutation(Data.Count, key.Child(epoch)) : null;
        for (long batch = first; batch < PerEpoch; batch++)
        {
            long start = batch * Size, length = Math.Min(Size, Data.Count - start);
            if (order is null)
                yield return new(Data.Inputs.Slice(0, start, length), Data.Labels.Slice(0, start, length));
            else if (order.Slice(0, start, length) is var places)
                yield return new(Data.Inputs.Take(places), Data.Labels.Take(places));
        }
    }

    private static IEnumerable<Batch> Cancellable(IEnumerable<Batch> batches, CancellationToken cancellation)
    {
        foreach (Batch batch in batches)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return batch;
        }
    }
}
