using System.Runtime.CompilerServices;
using ChainRule.Memory;

namespace ChainRule.Tests.Memory;

/// <summary>Who has a block of a pool, as a storage has one of the shared pool.</summary>
internal sealed class Borrower
{
    private readonly BlockPool _pool;

    public Borrower(BlockPool pool, long byteCount)
    {
        _pool = pool;
        Block = pool.Lend(this, byteCount);
    }

    public Block Block { get; }

    public nint Address => Block.Address;

    public void GiveBack() => _pool.TakeBack(Block, this);

    /// <summary>Borrows a block and forgets it, in a frame of its own so that no local keeps the borrower.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint Forgotten(BlockPool pool, long byteCount) => new Borrower(pool, byteCount).Address;
}
