using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// A key to a stream of random numbers: the same key always gives the same numbers, on every machine and in any order of use.
/// Derive a new key for each use with <see cref="Child"/>.
/// </summary>
/// <remarks>Philox 4x32-10: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011.</remarks>
public readonly record struct RandomKey
{
    private static ulong _seed;
    private static long _used;

    /// <summary>The key of a seed.</summary>
    public RandomKey(long seed) => Value = Philox.Derive((ulong)seed, 0x436861696E52756C);

    private RandomKey(ulong value) => Value = value;

    /// <summary>Where the sequence of <see cref="Next"/> is: its seed, mixed, and how many keys it has given.</summary>
    internal static (ulong Seed, long Used) Sequence
    {
        get => (_seed, Interlocked.Read(ref _used));
        set => (_seed, _used) = value;
    }

    /// <summary>The 64 bits of the key.</summary>
    internal ulong Value { get; }

    /// <summary>The next key of the sequence that parts without a key of their own draw from: layers made without one, dropout.</summary>
    /// <remarks>The order of calls decides who gets which; see <see cref="Seed"/>.</remarks>
    public static RandomKey Next()
    {
        var key = new RandomKey(Philox.Derive(_seed, (ulong)RandomDraws.Draw(static () => Interlocked.Increment(ref _used))));
        Recording.Current?.Derived(key, default, isDrawn: true, static _ => Next());
        return key;
    }

    /// <summary>Starts the sequence of <see cref="Next"/> anew.</summary>
    public static void Seed(long seed) => (_seed, _used) = (Philox.Derive((ulong)seed, 0), 0);

    /// <summary>A key for another, independent stream.</summary>
    /// <param name="index">Which one.</param>
    public RandomKey Child(long index)
    {
        RandomKey child = Of(index);
        if (Recording.Current is { } recording)
            recording.Derived(child, this, isDrawn: false, key => key.Of(index));
        return child;
    }

    /// <summary>The child that a counter names, which is another one at each call.</summary>
    internal RandomKey Drawn(Func<long> count)
    {
        RandomKey child = Of(RandomDraws.Draw(count));
        if (Recording.Current is { } recording)
            recording.Derived(child, this, isDrawn: true, key => key.Of(RandomDraws.Draw(count)));
        return child;
    }

    /// <summary>The key of these 64 bits, as a file kept them.</summary>
    internal static RandomKey OfBits(ulong value) => new(value);

    private RandomKey Of(long index) => new(Philox.Derive(Value, (ulong)index));
}
