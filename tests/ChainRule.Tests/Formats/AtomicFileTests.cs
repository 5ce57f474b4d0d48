using ChainRule.Formats;

namespace ChainRule.Tests.Formats;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_file_has_the_written_bytes_and_nothing_else_lies_beside_it()
    {
        AtomicFile.Write(_folder.File("a.bin"), stream => stream.Write([1, 2, 3]));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(_folder.File("a.bin")));
        Assert.Equal(["a.bin"], _folder.Listing);
    }

    [Fact]
    public void An_old_file_is_replaced_as_a_whole()
    {
        string path = _folder.Write("a.bin", [9, 9, 9, 9, 9]);
        AtomicFile.Write(path, stream => stream.Write([1]));
        Assert.Equal([1], File.ReadAllBytes(path));
        Assert.Equal(["a.bin"], _folder.Listing);
    }

    [Fact]
    public void While_the_new_file_is_written_the_old_one_is_whole()
    {
        string path = _folder.Write("a.bin", [9, 9]);
        AtomicFile.Write(path, stream =>
        {
            stream.Write([1]);
            stream.Flush();
            Assert.Equal([9, 9], File.ReadAllBytes(path));
        });
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_no_other()
    {
        string path = _folder.Write("a.bin", [9, 9]);
        var thrown = Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[100_000]);
            throw new InvalidOperationException("the writer's own");
        }));
        Assert.Equal("the writer's own", thrown.Message);
        Assert.Equal([9, 9], File.ReadAllBytes(path));
        Assert.Equal(["a.bin"], _folder.Listing);
    }

    [Fact]
    public void A_failed_first_write_leaves_an_empty_folder()
    {
        Assert.Throws<IOException>(() => AtomicFile.Write(_folder.File("a.bin"), _ => throw new IOException("full")));
        Assert.Empty(_folder.Listing);
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        string path = Path.Combine(_folder.File("no"), "a.bin");
        var thrown = Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(path, _ => Assert.Fail("must not be called")));
        Assert.Contains(path, thrown.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Listing);
    }

    [Fact]
    public void A_folder_is_not_overwritten()
    {
        var thrown = Assert.Throws<IOException>(() => AtomicFile.Write(_folder.Path, _ => { }));
        Assert.Contains(_folder.Path, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_an_error()
    {
        string path = Path.Combine(_folder.Write("file", [0]), "a.bin");
        var thrown = Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(path, _ => { }));
        Assert.Contains(path, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_may_not_be_written_is_one_clear_exception()
    {
        if (OperatingSystem.IsWindows())
            return; // there it is a matter of access lists, not of modes
        string folder = Directory.CreateDirectory(_folder.File("closed")).FullName;
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        // The superuser may write everywhere but in the kernel's own folders.
        string path = Path.Combine(Environment.IsPrivilegedProcess && Directory.Exists("/proc/self") ? "/proc/self" : folder, "a.bin");
        var thrown = Assert.ThrowsAny<Exception>(() => AtomicFile.Write(path, _ => { }));
        Assert.True(thrown is IOException or UnauthorizedAccessException, thrown.GetType().Name);
        Assert.StartsWith($"Cannot write {path}", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Writers_at_the_same_time_leave_one_whole_file()
    {
        string path = _folder.File("a.bin");
        Parallel.For(0, 16, writer => AtomicFile.Write(path, stream =>
        {
            for (int i = 0; i < 100; i++)
                stream.Write(Enumerable.Repeat((byte)writer, 100).ToArray());
        }));
        byte[] contents = File.ReadAllBytes(path);
        Assert.Equal(10_000, contents.Length);
        Assert.Single(contents.Distinct());
        Assert.Equal(["a.bin"], _folder.Listing);
    }
}
