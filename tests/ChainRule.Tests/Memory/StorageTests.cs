using System.Runtime.CompilerServices;
using ChainRule.Memory;

namespace ChainRule.Tests.Memory;

/// <summary>The shared pool's bytes are counted: no other test borrows meanwhile.</summary>
[Collection<Alone>]
public sealed unsafe class StorageTests
{
    [Theory]
    [InlineData(0, false), InlineData(1, false), InlineData(4096, false), InlineData(4097, true), InlineData(1_000_000, true)]
    public void Small_storage_is_a_plain_array_and_larger_is_lent_by_the_pool(long size, bool isPooled)
    {
        Assert.Equal(isPooled, IsPooled(new Storage(size)));
    }

    [Fact]
    public void Pooled_storage_is_aligned_to_64_bytes()
    {
        for (int size = 4097; size < 40_000; size += 1111)
        {
            var storage = new Storage(size);
            Assert.Equal(0, (nint)Unsafe.AsPointer(ref storage.Start) % 64);
            GC.KeepAlive(storage);
        }
    }

    [Fact]
    public void Storage_of_no_bytes_has_a_place()
    {
        var storage = new Storage(0);
        Assert.Equal(0, storage.ByteCount);
        Assert.False(Unsafe.IsNullRef(ref storage.Start));
        storage.GiveBack();
    }

    [Theory]
    [InlineData(100), InlineData(10_000)]
    public void A_write_in_place_advances_the_version_of_every_view(int size)
    {
        Tensor x = Tensor.Zeros([size, 2]), row = x[1], transposed = x.T, alias = x.Alias(), copy = x.Clone();
        Tensor[] views = [x, row, transposed, alias, row.Slice(0, 1, 1), x.Reshape(-1)];
        row.Fill(3);
        Assert.All(views, view => Assert.Equal(1, view.Version));
        x.CopyFrom(copy);
        Assert.All(views, view => Assert.Equal(2, view.Version));
        transposed.Storage.MarkChanged();
        Assert.All(views, view => Assert.Equal(3, view.Version));
        Assert.Equal(0, copy.Version);
    }

    [Fact]
    public void Storage_given_back_is_lent_to_the_next()
    {
        var first = new Storage(10_000);
        nint address = AddressOf(first);
        first.GiveBack();
        first.GiveBack();
        Storage second = new(10_000), third = new(10_000);
        Assert.Equal(address, AddressOf(second));
        Assert.NotEqual(address, AddressOf(third));
        // It has another borrower now.
        first.GiveBack();
        Assert.NotEqual(address, AddressOf(new Storage(10_000)));
        GC.KeepAlive((second, third));
    }

    [Fact]
    public void Plain_storage_need_not_be_given_back()
    {
        var storage = new Storage(100);
        storage.Start = 7;
        storage.GiveBack();
        Assert.Equal(7, storage.Start);
    }

    [Fact]
    public void A_tensor_beyond_the_memory_is_refused_before_anything_is_taken()
    {
        long before = BlockPool.Shared.TotalBytes;
        Shape[] shapes = [[1L << 45], [1L << 30, 1L << 30], [(1L << 60) - 1], [1L << 60], [long.MaxValue]];
        foreach (Shape shape in shapes)
            Assert.Throws<InsufficientMemoryException>(() => Tensor.Zeros(shape, DType.Float64));
        // To look for room may drop what was free, but nothing is taken.
        Assert.True(BlockPool.Shared.TotalBytes <= before);
    }

    [Fact]
    public void A_pool_keeps_no_tensor_alive()
    {
        WeakReference storage = Forgotten();
        GC.Collect();
        Assert.False(storage.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Forgotten() => new(Tensor.Zeros([10_000]).Storage);

    // A block given back is the next of its size to be lent; an array that is still held cannot be had again.
    private static bool IsPooled(Storage storage)
    {
        nint first = AddressOf(storage);
        storage.GiveBack();
        var next = new Storage(storage.ByteCount);
        bool isSame = AddressOf(next) == first;
        GC.KeepAlive(storage);
        return isSame;
    }

    private static nint AddressOf(Storage storage) => (nint)Unsafe.AsPointer(ref storage.Start);
}
