using ChainRule.Cli.Output;

namespace ChainRule.Cli.Tests.Output;

public sealed class RunFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_made_for_nothing_is_removed_up_to_the_first_that_was_there()
    {
        RunFolder folder = RunFolder.Open(_folder.File("a/b/c"), "name");
        Assert.True(Directory.Exists(_folder.File("a/b/c")));
        folder.Discard();
        Assert.Empty(_folder.Listing);
    }

    [Fact]
    public void What_someone_else_has_put_there_stays()
    {
        RunFolder folder = RunFolder.Open(_folder.File("a/b"), "name");
        _folder.Write("a/note", "mine");
        folder.Discard();
        Assert.Equal("mine", File.ReadAllText(_folder.File("a/note")));
        Assert.False(Directory.Exists(_folder.File("a/b")));
    }

    [Fact]
    public void A_folder_that_was_there_stays_with_all_that_is_in_it()
    {
        Directory.CreateDirectory(_folder.File("old"));
        _folder.Write("old/file", "kept");
        RunFolder folder = RunFolder.Open(_folder.File("old"), "name");
        Assert.Equal(["file"], Directory.GetFileSystemEntries(_folder.File("old")).Select(Path.GetFileName));
        folder.Discard();
        Assert.Equal("kept", File.ReadAllText(_folder.File("old/file")));
    }

    [Fact]
    public void A_place_below_a_file_is_refused()
    {
        _folder.Write("file", "kept");
        var error = Assert.Throws<UserErrorException>(() => RunFolder.Open(_folder.File("file/x"), "name"));
        Assert.Contains("--output", error.Message, StringComparison.Ordinal);
        Assert.Equal("kept", File.ReadAllText(_folder.File("file")));
    }
}
