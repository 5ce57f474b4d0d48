using ChainRule.Data;
using ChainRule.Formats;
using ChainRule.Tests.Formats;

namespace ChainRule.Tests.Data;

public sealed class ImageFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ImageFolderTests()
    {
        _folder.Write("train-images-idx3-ubyte", TestFile.Idx(0x08, [3, 2, 2], 0, 51, 102, 153, 204, 255, 0, 0, 1, 2, 3, 4));
        _folder.Write("train-labels-idx1-ubyte.gz", TestFile.Gzip(TestFile.Idx(0x08, [3], 0, 2, 1)));
        _folder.Write("t10k-images-idx3-ubyte.gz", TestFile.Gzip(TestFile.Idx(0x08, [1, 2, 2], 255, 0, 0, 51)));
        _folder.Write("t10k-labels-idx1-ubyte", TestFile.Idx(0x08, [1], 2));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Four_files_make_two_data_sets_packed_or_not()
    {
        Assert.True(ImageFolder.IsOne(_folder.Path));
        (Dataset train, Dataset test) = ImageFolder.Load(_folder.Path + "/");
        Assert.Equal(Path.GetFileName(_folder.Path), train.Name);
        Assert.Equal(["0", "1", "2"], train.ClassNames);
        Assert.Equal(Shape.Create([3, 2, 2]), train.Inputs.Shape);
        Assert.Equal([0f, 0.2f, 0.4f, 0.6f, 0.8f, 1f], train.Inputs.ToArray<float>()[..6]);
        Assert.Equal([0L, 2, 1], train.Labels.ToArray<long>());
        Assert.Equal([1f, 0, 0, 0.2f], test.Inputs.ToArray<float>());
        Assert.Equal([2L], test.Labels.ToArray<long>());
    }

    [Fact]
    public void The_names_of_other_members_of_the_family_are_known()
    {
        foreach (string name in _folder.Listing.ToArray())
            File.Move(_folder.File(name), _folder.File("emnist-letters-" + name.Replace("t10k", "test", StringComparison.Ordinal).Replace("-idx", ".idx", StringComparison.Ordinal)));
        Assert.Equal(3, ImageFolder.Load(_folder.Path, "letters", ["a", "b", "c", "d"]).Train.Count);
    }

    [Fact]
    public void A_file_that_is_there_packed_and_unpacked_counts_once()
    {
        _folder.Write("t10k-labels-idx1-ubyte.gz", TestFile.Gzip(TestFile.Idx(0x08, [1], 2)));
        Assert.Equal(1, ImageFolder.Load(_folder.Path).Test.Count);
    }

    [Fact]
    public void A_missing_folder_and_a_missing_file_are_named()
    {
        string none = _folder.File("none");
        Assert.False(ImageFolder.IsOne(none));
        Assert.Contains(none, Assert.Throws<DirectoryNotFoundException>(() => ImageFolder.Load(none)).Message, StringComparison.Ordinal);
        File.Delete(_folder.File("t10k-labels-idx1-ubyte"));
        Assert.False(ImageFolder.IsOne(_folder.Path));
        string message = Assert.Throws<FileNotFoundException>(() => ImageFolder.Load(_folder.Path)).Message;
        Assert.Contains("t10k-labels-idx1-ubyte", message, StringComparison.Ordinal);
        Assert.Contains(_folder.Path, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_data_sets_in_one_folder_are_refused()
    {
        _folder.Write("other-train-images-idx3-ubyte", TestFile.Idx(0x08, [1, 1, 1], 0));
        var thrown = Assert.Throws<IOException>(() => ImageFolder.Load(_folder.Path));
        Assert.Contains("other-train-images-idx3-ubyte, train-images-idx3-ubyte", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train-labels-idx1-ubyte.gz", new[] { 4u }, 4, "do not belong to the 3 pictures")]
    [InlineData("train-labels-idx1-ubyte.gz", new[] { 3u, 1u }, 4, "do not belong to the 3 pictures")]
    [InlineData("train-images-idx3-ubyte", new[] { 3u }, 3, "is not [pictures, rows, columns]")]
    [InlineData("train-images-idx3-ubyte", new[] { 3u, 0u, 2u }, 3, "is not [pictures, rows, columns]")]
    [InlineData("t10k-images-idx3-ubyte.gz", new[] { 1u, 2u, 3u }, 4, "those to learn from")]
    public void Pictures_and_labels_must_belong_together(string name, uint[] sizes, int offset, string problem)
    {
        _folder.Write(name, TestFile.Idx(0x08, sizes, new byte[sizes.Aggregate(1u, (product, size) => product * size)]));
        var thrown = Assert.Throws<FileFormatException>(() => ImageFolder.Load(_folder.Path));
        Assert.Equal(offset, thrown.Offset);
        Assert.Contains(problem, thrown.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Path, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_names_no_class_is_refused_at_its_byte()
    {
        string path = _folder.Write("t10k-labels-idx1-ubyte", TestFile.Idx(0x08, [1], 3));
        var thrown = Assert.Throws<FileFormatException>(() => ImageFolder.Load(_folder.Path));
        Assert.Equal($"{path}, byte 8: label 3 of picture 0 names none of the 3 classes", thrown.Message);
    }

    [Fact]
    public void Labels_that_would_need_millions_of_classes_are_refused()
    {
        _folder.Write("train-labels-idx1-ubyte.gz", TestFile.Idx(0x0C, [3], 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 1));
        var thrown = Assert.Throws<FileFormatException>(() => ImageFolder.Load(_folder.Path));
        Assert.Contains("2147483647", thrown.Message, StringComparison.Ordinal);
    }
}
