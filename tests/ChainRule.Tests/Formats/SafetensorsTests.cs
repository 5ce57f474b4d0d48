using System.Buffers.Binary;
using System.Text;
using ChainRule.Formats;

namespace ChainRule.Tests.Formats;

public sealed class SafetensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_saved_is_loaded_bit_for_bit()
    {
        float[] floats = [1.5f, float.NaN, float.NegativeInfinity, -0f, float.Epsilon, 0.1f];
        double[] doubles = [Math.PI, double.NaN, -0.0];
        Save(
            ("layers.0.weight", Tensor.From(floats, [2, 3])),
            ("d", Tensor.From(doubles)),
            ("i", Tensor.From([int.MinValue, -1, int.MaxValue])),
            ("l", Tensor.From([long.MinValue, long.MaxValue], [1, 2, 1])),
            ("b", Tensor.From([true, false, true])));

        (IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata) = Load();

        Assert.Empty(metadata);
        Assert.Equal(["b", "d", "i", "l", "layers.0.weight"], tensors.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Shape.Create([2, 3]), tensors["layers.0.weight"].Shape);
        Assert.Equal(floats.Select(BitConverter.SingleToUInt32Bits), tensors["layers.0.weight"].ToArray<float>().Select(BitConverter.SingleToUInt32Bits));
        Assert.Equal(doubles.Select(BitConverter.DoubleToUInt64Bits), tensors["d"].ToArray<double>().Select(BitConverter.DoubleToUInt64Bits));
        Assert.Equal([int.MinValue, -1, int.MaxValue], tensors["i"].ToArray<int>());
        Assert.Equal(DType.Int32, tensors["i"].DType);
        Assert.Equal([long.MinValue, long.MaxValue], tensors["l"].ToArray<long>());
        Assert.Equal(Shape.Create([1, 2, 1]), tensors["l"].Shape);
        Assert.Equal([true, false, true], tensors["b"].ToArray<bool>());
    }

    [Fact]
    public void Scalars_and_empty_tensors_are_kept()
    {
        Save(("scalar", 2.5f), ("empty", Tensor.Zeros([3, 0, 2])), ("after", Tensor.From([7])));
        IReadOnlyDictionary<string, Tensor> tensors = Load().Tensors;
        Assert.Equal(0, tensors["scalar"].Rank);
        Assert.Equal(2.5f, tensors["scalar"].Item<float>());
        Assert.Equal(Shape.Create([3, 0, 2]), tensors["empty"].Shape);
        Assert.Equal([7], tensors["after"].ToArray<int>());
    }

    [Fact]
    public void A_file_may_hold_no_tensors()
    {
        Save();
        Assert.Empty(Load().Tensors);
    }

    [Fact]
    public void A_view_is_saved_as_what_it_shows()
    {
        Save(("t", Tensor.From([1f, 2, 3, 4, 5, 6], [2, 3]).Permute([1, 0])[1..]));
        Tensor t = Load().Tensors["t"];
        Assert.Equal(Shape.Create([2, 2]), t.Shape);
        Assert.Equal([2f, 5, 3, 6], t.ToArray<float>());
    }

    [Fact]
    public void Metadata_keeps_every_character()
    {
        var notes = new Dictionary<string, string> { ["format"] = "chain\nrule \"1\"", ["ключ"] = "\u0001 \\ 中 😀", [""] = "" };
        Safetensors.Save(_folder.File("m.safetensors"), [("x", 1f)], notes);
        Assert.Equal(notes, Load().Metadata.ToDictionary());
    }

    [Fact]
    public void The_file_has_the_layout_of_the_format()
    {
        Save(("b", Tensor.From([true])), ("a", Tensor.From([1f, 2f])));
        byte[] file = File.ReadAllBytes(_folder.File("m.safetensors"));
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        Assert.Equal(0, length % 8);
        Assert.Equal(
            """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"BOOL","shape":[1],"data_offsets":[8,9]}}""",
            Encoding.UTF8.GetString(file, 8, length).TrimEnd(' '));
        Assert.Equal([0, 0, 0x80, 0x3f, 0, 0, 0, 0x40, 1], file[(8 + length)..]);
    }

    [Fact]
    public void The_same_tensors_give_the_same_bytes_in_any_order()
    {
        Save(("b", 1f), ("a", 2f), ("c", 3.0));
        byte[] first = File.ReadAllBytes(_folder.File("m.safetensors"));
        Save(("c", 3.0), ("a", 2f), ("b", 1f));
        Assert.Equal(first, File.ReadAllBytes(_folder.File("m.safetensors")));
    }

    [Theory]
    [InlineData("twice", "twice")]
    [InlineData("__metadata__", "x")]
    [InlineData("with\nbreak", "x")]
    public void Names_that_the_format_does_not_allow_are_refused_and_nothing_is_written(string one, string other)
    {
        Assert.Throws<ArgumentException>(() => Save((one, 1f), (other, 2f)));
        Assert.Empty(_folder.Listing);
    }

    [Fact]
    public void An_unwritable_target_is_named()
    {
        string path = Path.Combine(_folder.File("no"), "m.safetensors");
        var thrown = Assert.Throws<DirectoryNotFoundException>(() => Safetensors.Save(path, [("x", 1f)]));
        Assert.Contains(path, thrown.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Listing);
    }

    [Fact]
    public void Sixteen_bit_floats_are_widened_exactly()
    {
        // 1.0, -2.0, largest half, smallest half, infinity; 1.0, -2.0, 2^-126 and 3.140625 as brain floats.
        byte[] data = Words(0x3c00, 0xc000, 0x7bff, 0x0001, 0x7c00, 0x3f80, 0xc000, 0x0080, 0x4049);
        string path = SafetensorsFiles.Write(_folder, """{"h":{"dtype":"F16","shape":[5],"data_offsets":[0,10]},"b":{"dtype":"BF16","shape":[2,2],"data_offsets":[10,18]}}""", data);
        IReadOnlyDictionary<string, Tensor> tensors = Safetensors.Load(path).Tensors;
        Assert.Equal([1f, -2f, 65504f, 5.9604645e-8f, float.PositiveInfinity], tensors["h"].ToArray<float>());
        Assert.Equal([1f, -2f, 1.17549435e-38f, 3.140625f], tensors["b"].ToArray<float>());
    }

    [Fact]
    public void Every_nonzero_byte_is_true()
    {
        string path = SafetensorsFiles.Write(_folder, """{"b":{"dtype":"BOOL","shape":[3],"data_offsets":[0,3]}}""", [0, 1, 255]);
        Tensor b = Safetensors.Load(path).Tensors["b"];
        Assert.Equal([0, 1, 1], b.ToArray<int>());
    }

    [Fact]
    public void Entries_may_stand_in_any_order_and_blanks_may_follow_the_header()
    {
        string path = SafetensorsFiles.Write(_folder, """{ "b" : {"shape":[], "data_offsets":[4,8], "dtype":"I32"}, "a":{"dtype":"I32","shape":[1],"data_offsets":[0,4]} }""" + "  \n ", [1, 0, 0, 0, 2, 0, 0, 0]);
        IReadOnlyDictionary<string, Tensor> tensors = Safetensors.Load(path).Tensors;
        Assert.Equal(1, tensors["a"].Item<int>());
        Assert.Equal(2, tensors["b"].Item<int>());
    }

    private static byte[] Words(params ushort[] words) => [.. words.SelectMany(BitConverter.GetBytes)];

    private void Save(params (string Name, Tensor Value)[] tensors) => Safetensors.Save(_folder.File("m.safetensors"), tensors);

    private SafetensorsFile Load() => Safetensors.Load(_folder.File("m.safetensors"));
}
