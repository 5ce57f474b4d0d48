using System.Text;
using ChainRule.Inspect;

namespace ChainRule.TensorBoard.Tests;

/// <summary>What is written is read back twice: by a parser of the tests' own, and by our reader.</summary>
public sealed class TensorBoardWriterTests : IDisposable
{
    private static readonly byte[] _png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAYAAAC56t6BAAAAEklEQVR4nGNgYGD4z4AEGFEEACYIAQN3v3n2AAAAAElFTkSuQmCC");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_has_the_name_and_the_first_event_that_TensorBoard_expects()
    {
        string path = Written(_ => { });
        Assert.Matches("^events\\.out\\.tfevents\\.[0-9]{10}\\.[A-Za-z0-9-]+\\.[0-9]+\\.[0-9]+$", Path.GetFileName(path));
        byte[] first = Assert.Single(WireFields.Records(File.ReadAllBytes(path)));
        Assert.Equal("brain.Event:2", Encoding.UTF8.GetString(WireFields.Part(first, 3)));
        // Seconds since 1970, not milliseconds: between 2020 and 2100.
        Assert.InRange(BitConverter.ToDouble(WireFields.Part(first, 1)), 1.58e9, 4.1e9);
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void A_scalar_comes_back(double value)
    {
        string path = Written(writer => writer.AddScalar("loss/train", value, 1L << 40));
        byte[] record = WireFields.Records(File.ReadAllBytes(path))[1];
        Assert.Equal(1L << 40, BitConverter.ToInt64(WireFields.Part(record, 2)));
        Assert.Equal("loss/train", Encoding.UTF8.GetString(WireFields.Part(record, 5, 1, 1)));
        Assert.Equal((float)value, BitConverter.ToSingle(WireFields.Part(record, 5, 1, 2)));
        EventValue read = Assert.Single(TensorBoardReader.Read(path).Values);
        Assert.Equal((1L << 40, "loss/train", (double?)value), (read.Step, read.Tag, read.Scalar));
    }

    /// <summary>Tensors as TensorFlow 2 writes a scalar of 0.25, byte by byte from tensor.proto: type, empty shape, and the number.</summary>
    public static TheoryData<string, byte[]> ScalarTensors => new()
    {
        { "float_val, packed", [0x08, 1, 0x12, 0, 0x2A, 4, 0, 0, 0x80, 0x3E] },
        { "float_val, not packed", [0x08, 1, 0x12, 0, 0x2D, 0, 0, 0x80, 0x3E] },
        { "double_val", [0x08, 2, 0x12, 0, 0x32, 8, 0, 0, 0, 0, 0, 0, 0xD0, 0x3F] },
        { "tensor_content of a float", [0x08, 1, 0x12, 0, 0x22, 4, 0, 0, 0x80, 0x3E] },
        { "tensor_content of a double", [0x08, 2, 0x12, 0, 0x22, 8, 0, 0, 0, 0, 0, 0, 0xD0, 0x3F] },
    };

    [Theory]
    [MemberData(nameof(ScalarTensors))]
    public void A_scalar_of_TensorFlow_2_is_read(string form, byte[] tensor)
    {
        Assert.NotEmpty(form);
        EventValue read = Assert.Single(TensorBoardReader.Read(WithTensor(tensor, "scalars")).Values);
        Assert.Equal((5L, "loss", (double?)0.25, null), (read.Step, read.Tag, read.Scalar, read.Text));
        Assert.Equal(0.25, TensorBoardReader.Read(WithTensor(tensor, null)).Values.Single().Scalar);
    }

    [Fact]
    public void A_tensor_of_another_plugin_or_of_two_numbers_is_no_scalar()
    {
        byte[] one = [0x08, 1, 0x2A, 4, 0, 0, 0x80, 0x3E], two = [0x08, 1, 0x2A, 8, 0, 0, 0x80, 0x3E, 0, 0, 0x80, 0x3E];
        Assert.Null(TensorBoardReader.Read(WithTensor(one, "histograms")).Values.Single().Scalar);
        Assert.Null(TensorBoardReader.Read(WithTensor(two, "scalars")).Values.Single().Scalar);
    }

    [Fact]
    public void A_histogram_holds_all_finite_values()
    {
        string path = Written(writer => writer.AddHistogram("weights", [-1f, 0f, 0.5f, 2f, 2f, float.NaN], 3));
        byte[] histogram = WireFields.Part(WireFields.Records(File.ReadAllBytes(path))[1], 5, 1, 5);
        // Least, largest, number, sum, sum of squares.
        Assert.Equal([-1, 2, 5, 3.5, 9.25], Enumerable.Range(1, 5).Select(field => BitConverter.ToDouble(WireFields.Part(histogram, field))));
        EventHistogram read = TensorBoardReader.Read(path).Values.Single().Histogram!;
        Assert.Equal((30, 30, 5.0, 2.0), (read.Limits.Count, read.Counts.Count, read.Counts.Sum(), read.Limits[^1]));
        // Bins are a tenth wide: -1 is in the first, 0 in the eleventh, 0.5 in the sixteenth, both twos in the last.
        Assert.Equal([0, 10, 15, 29], read.Counts.Index().Where(bin => bin.Item > 0).Select(bin => bin.Index));
    }

    [Fact]
    public void A_histogram_of_nothing_finite_is_left_out() => Assert.Empty(TensorBoardReader.Read(Written(writer => writer.AddHistogram("w", [float.NaN], 1))).Values);

    [Fact]
    public void A_picture_has_its_size_and_its_bytes()
    {
        string path = Written(writer => writer.AddImage("picture", _png, 1));
        byte[] image = WireFields.Part(WireFields.Records(File.ReadAllBytes(path))[1], 5, 1, 4);
        Assert.Equal((3L, 2L), (BitConverter.ToInt64(WireFields.Part(image, 1)), BitConverter.ToInt64(WireFields.Part(image, 2))));
        Assert.Equal(_png, TensorBoardReader.Read(path).Values.Single().Image);
    }

    [Fact]
    public void What_is_no_PNG_is_refused() => Written(writer => Assert.Throws<ArgumentException>(() => writer.AddImage("picture", "GIF89a"u8, 1)));

    [Fact]
    public void Text_is_marked_for_the_text_page()
    {
        string path = Written(writer => writer.AddText("note", "**Grüße** <script>", 1));
        byte[] value = WireFields.Part(WireFields.Records(File.ReadAllBytes(path))[1], 5, 1);
        Assert.Equal("text", Encoding.UTF8.GetString(WireFields.Part(value, 9, 1, 1)));
        Assert.Equal(7, BitConverter.ToInt64(WireFields.Part(value, 8, 1)));
        Assert.Equal("**Grüße** <script>", TensorBoardReader.Read(path).Values.Single().Text);
    }

    [Fact]
    public void A_graph_names_what_each_node_reads()
    {
        Tensor x = Tensor.From<float>([2f], [1]), w = Tensor.From<float>([3f], [1]).RequiresGrad();
        string path = Written(writer => writer.AddGraph((w * x).Sum().ToGraph(names: [("x", x), ("w", w)])));
        byte[] graph = WireFields.Part(WireFields.Records(File.ReadAllBytes(path))[1], 4);
        var nodes = WireFields.Of(graph).Where(field => field.Number == 1).Select(field => WireFields.Of(field.Bytes)).ToList();
        string[] names = [.. nodes.Select(node => Encoding.UTF8.GetString(node.Single(field => field.Number == 1).Bytes))];
        Assert.Equal(names.Length, names.Distinct().Count());
        string[][] reads = [.. nodes.Select(node => node.Where(field => field.Number == 3).Select(field => Encoding.UTF8.GetString(field.Bytes)).ToArray())];
        Assert.All(reads.SelectMany(read => read), read => Assert.Contains(read, names));
        // w times x reads both; the sum reads the product.
        Assert.Contains(reads, read => read.Length == 2);
        Assert.Contains(reads, read => read.Length == 1);
    }

    [Fact]
    public void A_name_of_a_megabyte_comes_back()
    {
        string name = new('ü', 1 << 19);
        Assert.Equal(name, TensorBoardReader.Read(Written(writer => writer.AddScalar(name, 1, 1))).Values.Single().Tag);
    }

    [Fact]
    public void A_file_cut_anywhere_gives_what_is_whole()
    {
        string path = Written(writer =>
        {
            writer.AddScalar("a", 1, 1);
            writer.AddScalar("b", 2, 2);
        });
        byte[] bytes = File.ReadAllBytes(path);
        int lastBegins = bytes.Length - WireFields.Records(bytes)[^1].Length - 16;
        for (int length = lastBegins; length < bytes.Length; length++)
        {
            File.WriteAllBytes(path, bytes[..length]);
            TensorBoardReader read = TensorBoardReader.Read(path);
            Assert.Equal("a", Assert.Single(read.Values).Tag);
            Assert.Equal(length > lastBegins, read.IsTorn);
        }
    }

    [Fact]
    public void A_changed_byte_is_found_and_named()
    {
        string path = Written(writer => writer.AddScalar("a", 1, 1));
        byte[] bytes = File.ReadAllBytes(path);
        foreach (int at in new[] { 0, 9, 20, bytes.Length - 1 })
        {
            byte[] changed = [.. bytes];
            changed[at] ^= 1;
            File.WriteAllBytes(path, changed);
            Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => TensorBoardReader.Read(path)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_was_flushed_can_be_read_while_it_is_written()
    {
        using var writer = new TensorBoardWriter(_folder.Path);
        writer.AddScalar("a", 1, 1);
        writer.Flush();
        Assert.Equal("a", TensorBoardReader.Read(writer.Path).Values.Single().Tag);
    }

    // An event of step 5 with one summary value: tag, perhaps metadata that name a plugin, and a tensor.
    private string WithTensor(byte[] tensor, string? plugin)
    {
        byte[] value = [.. Field(1, "loss"u8), .. plugin is null ? [] : Field(9, Field(1, Field(1, Encoding.UTF8.GetBytes(plugin)))), .. Field(8, tensor)];
        string path = Path.Combine(_folder.Path, "tensors.tfevents");
        using FileStream file = File.Create(path);
        RecordStream.Write(file, [0x10, 5, .. Field(5, Field(1, value))]);
        return path;
    }

    private static byte[] Field(int number, ReadOnlySpan<byte> bytes) => [(byte)((number << 3) | 2), (byte)bytes.Length, .. bytes];

    private string Written(Action<TensorBoardWriter> write)
    {
        using var writer = new TensorBoardWriter(_folder.Path);
        write(writer);
        return writer.Path;
    }
}
