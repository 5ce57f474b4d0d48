using ChainRule.Data;
using ChainRule.Formats;
using ChainRule.Tests.Formats;

namespace ChainRule.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Bytes_are_read_in_their_shape()
    {
        Tensor x = IdxFile.Read(_folder.Write("x", TestFile.Idx(0x08, [2, 1, 3], 0, 1, 2, 127, 128, 255)));
        Assert.Equal((DType.Int32, Shape.Create([2, 1, 3])), (x.DType, x.Shape));
        Assert.Equal([0, 1, 2, 127, 128, 255], x.ToArray<int>());
    }

    [Fact]
    public void Every_element_type_is_read_high_byte_first()
    {
        Assert.Equal([-128, -1], Read(0x09, [2], 0x80, 0xff).ToArray<int>());
        Assert.Equal([-2, 258], Read(0x0B, [2], 0xff, 0xfe, 1, 2).ToArray<int>());
        Assert.Equal([int.MinValue, 0x01020304], Read(0x0C, [2], 0x80, 0, 0, 0, 1, 2, 3, 4).ToArray<int>());
        Assert.Equal([1.5f, -2f], Read(0x0D, [2], 0x3f, 0xc0, 0, 0, 0xc0, 0, 0, 0).ToArray<float>());
        Tensor d = Read(0x0E, [1], 0x3f, 0xf0, 0, 0, 0, 0, 0, 1);
        Assert.Equal((DType.Float64, 1 + Math.ScaleB(1, -52)), (d.DType, d.Item<double>()));
    }

    [Theory]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int64)]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void The_wanted_type_is_read_directly(DType dtype)
    {
        Tensor x = IdxFile.Read(_folder.Write("x", TestFile.Idx(0x08, [3], 0, 7, 255)), dtype);
        Assert.Equal(dtype, x.DType);
        Assert.Equal([0.0, 7, 255], x.ToArray<double>());
    }

    [Fact]
    public void Numbers_are_no_truth_values() =>
        Assert.Throws<DTypeException>(() => IdxFile.Read(_folder.Write("x", TestFile.Idx(0x08, [1], 1)), DType.Bool));

    [Fact]
    public void A_compressed_file_is_known_by_its_contents()
    {
        // More than one block of 1 MB, so that the seams are tested.
        byte[] data = [.. Enumerable.Range(0, 2_500_000).Select(i => (byte)(i * 7 + i / 1000))];
        byte[] plain = TestFile.Idx(0x08, [2500, 1000], data);
        int[] expected = Array.ConvertAll(data, value => (int)value);
        Assert.Equal(expected, IdxFile.Read(_folder.Write("misnamed.gz", plain)).ToArray<int>());
        Assert.Equal(expected, IdxFile.Read(_folder.Write("packed", TestFile.Gzip(plain))).ToArray<int>());
    }

    [Fact]
    public void Empty_arrays_are_legal() => Assert.Equal(Shape.Create([3, 0]), Read(0x08, [3, 0]).Shape);

    [Fact]
    public void The_labels_of_Fashion_MNIST_are_what_its_authors_published()
    {
        Tensor labels = IdxFile.Read(_folder.Write("labels", TestFile.Bytes("t10k-labels-idx1-ubyte.gz")));
        Assert.Equal([9, 2, 1, 1, 6, 1, 4, 6, 5, 7], labels[..10].ToArray<int>());
        Assert.All(Enumerable.Range(0, 10), label => Assert.Equal(1000, labels.ToArray<int>().Count(value => value == label)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_shortened_file_is_refused_with_the_byte_where_it_ends(bool isPacked)
    {
        byte[] whole = TestFile.Idx(0x0B, [2, 3], [.. Enumerable.Range(0, 12).Select(i => (byte)i)]);
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] part = whole[..length];
            Assert.Equal(length, Refused(isPacked ? TestFile.Gzip(part) : part, "").Offset);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bytes_after_the_data_are_refused(bool isPacked)
    {
        byte[] file = [.. TestFile.Idx(0x08, [2], 1, 2), 3];
        Assert.Equal(10, Refused(isPacked ? TestFile.Gzip(file) : file, "promises").Offset);
    }

    [Theory]
    [InlineData(0, 1, "two zeros")]
    [InlineData(1, 8, "two zeros")]
    [InlineData(2, 0x07, "0x07 is not an element type")]
    [InlineData(2, 0x0A, "0x0a is not an element type")]
    [InlineData(2, 0x0F, "0x0f is not an element type")]
    [InlineData(3, 25, "25 axes")]
    public void A_header_that_is_none_is_refused(int place, byte value, string problem)
    {
        byte[] file = TestFile.Idx(0x08, [2], 1, 2);
        file[place] = value;
        FileFormatException thrown = Refused(file, problem);
        Assert.InRange(thrown.Offset!.Value, 0, 3);
    }

    [Theory]
    [InlineData(new[] { 4_000_000_000u, 1000u }, "promises 4000000000000 bytes")]
    [InlineData(new[] { uint.MaxValue, uint.MaxValue, uint.MaxValue }, "more than 2^63")]
    [InlineData(new[] { 1u << 31, 1u << 31, 2u }, "more than 2^63")]
    public void Sizes_that_lie_are_refused_before_memory_is_taken(uint[] sizes, string problem)
    {
        byte[] file = TestFile.Idx(0x08, sizes, 1, 2, 3);
        foreach (byte[] contents in new[] { file, TestFile.Gzip(file) })
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Refused(contents, problem);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        }
    }

    [Fact]
    public void A_compressed_file_that_hides_more_than_it_says_is_not_unpacked()
    {
        byte[] bomb = TestFile.Gzip([.. TestFile.Idx(0x08, [4], 1, 2, 3, 4), .. new byte[64 << 20]]);
        string path = _folder.Write("x", bomb);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var thrown = Assert.Throws<FileFormatException>(() => IdxFile.Read(path));
        Assert.Equal(12, thrown.Offset);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void Damaged_compressed_data_are_refused()
    {
        byte[] packed = TestFile.Bytes("t10k-labels-idx1-ubyte.gz");
        packed[packed.Length / 2] ^= 0x55;
        Refused(packed, "");
        packed = TestFile.Bytes("t10k-labels-idx1-ubyte.gz");
        packed[^6] ^= 1; // the check sum
        Refused(packed, "damaged");
        Refused(TestFile.Bytes("t10k-labels-idx1-ubyte.gz").AsSpan()[..^100], "");
        Refused([0x1f, 0x8b, 0, 0, 0], "");
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var thrown = Assert.Throws<FileNotFoundException>(() => IdxFile.Read(_folder.File("none")));
        Assert.Contains("none", thrown.Message, StringComparison.Ordinal);
    }

    private Tensor Read(byte type, uint[] sizes, params byte[] data) => IdxFile.Read(_folder.Write("x", TestFile.Idx(type, sizes, data)));

    private FileFormatException Refused(ReadOnlySpan<byte> contents, string problem)
    {
        string path = _folder.Write("x", contents);
        var thrown = Assert.Throws<FileFormatException>(() => IdxFile.Read(path));
        Assert.StartsWith($"{path}, byte {thrown.Offset}: ", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(problem, thrown.Message, StringComparison.Ordinal);
        return thrown;
    }
}
