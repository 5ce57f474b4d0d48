using ChainRule.Data;
using ChainRule.Formats;
using ChainRule.Tests.Formats;

namespace ChainRule.Tests.Data;

/// <summary>Bad text files: each is refused with its line and column.</summary>
public sealed class CsvFileErrorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1,2,a\n3,b", 2, 3, "missing")]
    [InlineData("1,2,a\n3", 2, 2, "missing")]
    [InlineData("1,2,a\n3,4,5,b", 2, 4, "too many")]
    [InlineData("1,2,a\n3,4,b,", 2, 4, "too many")]
    [InlineData("1,2,a\n3,,b", 2, 2, "empty")]
    [InlineData("1,2,a\n,4,b", 2, 1, "empty")]
    [InlineData("1,2,a\n3,x,b", 2, 2, "'x' is not a number")]
    [InlineData("1,x,2,a\n3,4,5,b", 1, 2, "'x' is not a number")]
    [InlineData("1,2,a\n3,1 2,b", 2, 2, "'1 2' is not a number")]
    [InlineData("1,2,a\n3,0x10,b", 2, 2, "'0x10' is not a number")]
    [InlineData("1,2,a\n3,NaN,b", 2, 2, "'NaN' is not a finite number")]
    [InlineData("1,2,a\n3,nan,b", 2, 2, "'nan' is not a finite number")]
    [InlineData("1,2,a\n-Infinity,4,b", 2, 1, "'-Infinity' is not a finite number")]
    [InlineData("1,2,a\n3,1e39,b", 2, 2, "'1e39' is not a finite number")]
    [InlineData("1,2,a\n3,1;5,b", 2, 2, "'1;5' is not a number")]
    [InlineData("1,2,a\n3,4,", 2, 3, "class is missing")]
    [InlineData("1,2,0\n3,4,0.5", 2, 3, "'0.5' is neither a whole number nor a name")]
    [InlineData("1,2,0\n3,4,NaN", 2, 3, "'NaN' is neither a whole number nor a name")]
    [InlineData("1,2,0\n3,4,b", 2, 3, "a name, but the ones before are numbers")]
    [InlineData("1,2,a\n3,4,1", 2, 3, "a number, but the ones before are names")]
    [InlineData("0,1,target\n3,4,1", 2, 3, "a number, but the ones before are names")]
    [InlineData("1,2,a\n3,\"4,b", 2, 2, "quote is not closed")]
    [InlineData("1,2,a\n3,\"4\"4,b", 2, 2, "closing quote")]
    [InlineData("2,2,a,b\n1,2,0\n3,4,2", 3, 3, "'2' is not a number from 0 to 1")]
    [InlineData("2,2,a,b\n1,2,0\n3,4,-1", 3, 3, "'-1' is not a number from 0 to 1")]
    [InlineData("2,2,a,b\n1,2,0\n3,4,b", 3, 3, "'b' is not a number from 0 to 1")]
    [InlineData("2,2,a,b\n1,2,0\n3,4,5,1", 3, 4, "too many")]
    [InlineData("2,3,a,b\n1,2,0\n3,4,1", 2, 4, "missing")]
    [InlineData("2,2,a,a\n1,2,0\n3,4,1", 1, 4, "named twice")]
    [InlineData("2,0,a,b\n1,2,0\n3,4,1", 1, 2, "0 columns")]
    [InlineData("2,99999999999,a,b\n1,2,0\n3,4,1", 1, 2, "99999999999 columns")]
    public void A_bad_field_is_named(string text, int line, int column, string problem)
    {
        FileFormatException thrown = Refused(text, problem);
        Assert.Equal((line, column), (thrown.Line, thrown.Column));
        Assert.StartsWith($"{thrown.Path}, line {line}, column {column}: ", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1, "empty")]
    [InlineData("\n \n", 1, "empty")]
    [InlineData("x,y,z\n", 1, "no line of data")]
    [InlineData("0,2,a,b\n", 1, "no line of data")]
    [InlineData("1;2;a\n3;4;b", 1, "no commas")]
    [InlineData("1,2,a\n\n3,4,b", 2, "empty")]
    [InlineData("3,2,a,b\n1,2,0\n3,4,1\n\n", 1, "3 lines of data are promised, but 2 follow")]
    [InlineData("1,2,a,b\n1,2,0\n3,4,1\n", 1, "1 lines of data are promised, but 2 follow")]
    [InlineData("9000000000000000,2,a,b\n1,2,0\n", 1, "9000000000000000 lines of data are promised, but 1 follow")]
    [InlineData("3,2,0,1\n1,2,0\n3,4,1\n5,6,0", 1, "may be data or a header")]
    [InlineData("2,2,0\n1,2,0\n3,4,1", 1, "may be data or a header")]
    public void A_bad_line_is_named(string text, int line, string problem)
    {
        FileFormatException thrown = Refused(text, problem);
        Assert.Equal((line, null), (thrown.Line, thrown.Column));
        Assert.StartsWith($"{thrown.Path}, line {line}: ", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        var thrown = Assert.Throws<FileFormatException>(() => CsvFile.Read(_folder.Write("data.csv", [(byte)'1', (byte)',', (byte)'a', (byte)'\n', (byte)'2', (byte)',', 0xff])));
        Assert.Equal(2, thrown.Line);
    }

    [Fact]
    public void A_line_without_end_is_refused_before_it_fills_the_memory()
    {
        string path = _folder.File("data.csv");
        using (FileStream sparse = File.Create(path))
            sparse.SetLength(1L << 32);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var thrown = Assert.Throws<FileFormatException>(() => CsvFile.Read(path));
        Assert.Contains("longer than 1048576 bytes", thrown.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [Fact]
    public void A_foreign_field_cannot_write_into_the_message()
    {
        FileFormatException thrown = Refused("1,2,a\n3,\u001b[31m" + new string('x', 1000) + ",b", "is not a number");
        Assert.DoesNotContain('\u001b', thrown.Message);
        Assert.InRange(thrown.Message.Length - thrown.Path.Length, 1, 120);
    }

    [Fact]
    public void A_measured_last_column_is_not_taken_for_classes() =>
        Refused(string.Join("\n", Enumerable.Range(0, 10_001).Select(i => $"0,{i}")), "more than 10000 classes");

    [Fact]
    public void Features_of_another_number_are_refused()
    {
        var thrown = Assert.Throws<FileFormatException>(() => CsvFile.ReadFeatures(_folder.Write("f.csv", "1,2,3\n"), 4));
        Assert.Contains("a line has 3 fields, but 4 features, or 4 and a class, are expected", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var thrown = Assert.Throws<FileNotFoundException>(() => CsvFile.Read(_folder.File("none.csv")));
        Assert.Contains("none.csv", thrown.Message, StringComparison.Ordinal);
    }

    private FileFormatException Refused(string text, string problem)
    {
        string path = _folder.Write("data.csv", text);
        var thrown = Assert.Throws<FileFormatException>(() => CsvFile.Read(path));
        Assert.Equal(path, thrown.Path);
        Assert.Contains(problem, thrown.Message, StringComparison.Ordinal);
        return thrown;
    }
}
