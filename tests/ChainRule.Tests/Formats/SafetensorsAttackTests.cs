using System.Text;
using ChainRule.Formats;

namespace ChainRule.Tests.Formats;

/// <summary>Files that lie: each is refused with the byte at which it goes wrong.</summary>
public sealed class SafetensorsAttackTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, int, string> BadHeaders => new()
    {
        { "no JSON", "{\"a", 0, "well-formed" },
        { "not closed", """{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}""", 4, "well-formed" },
        { "an array", "[]", 0, "not a JSON object" },
        { "a number", "12", 0, "not a JSON object" },
        { "a blank before the brace", """ {"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", 4, "not a JSON object" },
        { "two objects", "{}{}", 0, "well-formed" },
        { "a comment", "{}//", 0, "well-formed" },
        { "a trailing comma", """{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},}""", 4, "well-formed" },
        { "half a character", """{"\ud800":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", 4, "well-formed" },
        { "too deep", """{"a":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}""", 4, "well-formed" },
        { "a tensor that is no object", """{"a":[0,4]}""", 4, "not described by an object" },
        { "a null tensor", """{"a":null}""", 0, "not described by an object" },
        { "a name twice", """{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", 4, "U8" },
        { "the same tensor twice", """{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", 4, "comes twice" },
        { "a name twice, once escaped", """{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"\u0061":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", 4, "comes twice" },
        { "metadata twice", """{"__metadata__":{},"__metadata__":{}}""", 0, "comes twice" },
        { "metadata with a key twice", """{"__metadata__":{"a":"1","a":"2"}}""", 0, "comes twice" },
        { "metadata with a number", """{"__metadata__":{"a":1}}""", 0, "not a string" },
        { "metadata with an object", """{"__metadata__":{"a":{}}}""", 0, "not a string" },
        { "metadata that is a string", """{"__metadata__":"a"}""", 0, "not an object" },
        { "dtype twice", """{"a":{"dtype":"F64","dtype":"F32","shape":[],"data_offsets":[0,4]}}""", 4, "comes twice" },
        { "shape twice", """{"a":{"dtype":"F32","shape":[2],"shape":[],"data_offsets":[0,4]}}""", 4, "comes twice" },
        { "offsets twice", """{"a":{"dtype":"F32","shape":[],"data_offsets":[0,8],"data_offsets":[0,4]}}""", 4, "comes twice" },
        { "an unknown key", """{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4],"code":"x"}}""", 4, "unknown key" },
        { "no dtype", """{"a":{"shape":[],"data_offsets":[0,4]}}""", 4, "needs dtype" },
        { "no shape", """{"a":{"dtype":"F32","data_offsets":[0,4]}}""", 4, "needs dtype" },
        { "no offsets", """{"a":{"dtype":"F32","shape":[]}}""", 4, "needs dtype" },
        { "one offset", """{"a":{"dtype":"F32","shape":[],"data_offsets":[0]}}""", 4, "two data_offsets" },
        { "three offsets", """{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4,8]}}""", 4, "more than 2" },
        { "a dtype that is a number", """{"a":{"dtype":32,"shape":[],"data_offsets":[0,4]}}""", 4, "not a string" },
        { "an unknown dtype", """{"a":{"dtype":"F33","shape":[],"data_offsets":[0,4]}}""", 4, "'F33' is not an element type" },
        { "a dtype in small letters", """{"a":{"dtype":"f32","shape":[],"data_offsets":[0,4]}}""", 4, "'f32' is not an element type" },
        { "an unsigned dtype", """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", 4, "U8 is not supported" },
        { "a dtype of half bytes", """{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,4]}}""", 4, "F4 is not supported" },
        { "a negative size", """{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "whole numbers" },
        { "minus zero", """{"a":{"dtype":"F32","shape":[],"data_offsets":[-0,4]}}""", 4, "whole numbers" },
        { "a size with a fraction", """{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}""", 4, "whole numbers" },
        { "a size with an exponent", """{"a":{"dtype":"F32","shape":[1e0],"data_offsets":[0,4]}}""", 4, "whole numbers" },
        { "a size in quotes", """{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", 4, "whole numbers" },
        { "a negative offset", """{"a":{"dtype":"F32","shape":[],"data_offsets":[-4,0]}}""", 4, "whole numbers" },
        { "2^63", """{"a":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,4]}}""", 4, "whole numbers" },
        { "2^64 + 1", """{"a":{"dtype":"F32","shape":[18446744073709551617],"data_offsets":[0,4]}}""", 4, "whole numbers" },
        { "a product that wraps to 4", """{"a":{"dtype":"F32","shape":[2,18446744073709551614],"data_offsets":[0,4]}}""", 4, "whole numbers" },
        { "a product over 2^63", """{"a":{"dtype":"F32","shape":[2,4611686018427387905],"data_offsets":[0,4]}}""", 4, "more than 2^63" },
        { "bytes over 2^63", """{"a":{"dtype":"F32","shape":[2,2305843009213693953],"data_offsets":[0,4]}}""", 4, "does not take" },
        { "more axes than a shape has", $$$"""{"a":{"dtype":"F32","shape":[{{{string.Join(",", Enumerable.Repeat(1, 25))}}}],"data_offsets":[0,4]}}""", 4, "more than 24" },
        { "an end before the begin", """{"a":{"dtype":"F32","shape":[],"data_offsets":[4,0]}}""", 4, "before it begins" },
        { "offsets that wrap around", """{"a":{"dtype":"F32","shape":[],"data_offsets":[9223372036854775804,9223372036854775807]}}""", 4, "does not take" },
        { "a shape of more bytes", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "does not take" },
        { "a shape of fewer bytes", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""", 8, "does not take" },
        { "a hole at the start", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "begins at 4" },
        { "a hole between", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "begins at 8" },
        { "an overlap", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "begins at 4" },
        { "one tensor under two names", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "begins at 0" },
        { "bytes after the last tensor", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "take 4 bytes, but 5" },
        { "two bytes short", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 2, "take 4 bytes, but 2" },
        { "bytes without tensors", "{}", 1, "take 0 bytes, but 1" },
        { "a line break in a name", """{"a\nb":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", 4, "control character" },
        { "a very long name", $$$"""{"{{{new string('a', 1025)}}}":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", 4, "longer than 1024" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(BadHeaders))]
    public void A_bad_header_is_refused(string what, string header, int dataLength, string problem)
    {
        FileFormatException thrown = Refused(SafetensorsFiles.Write(_folder, header, new byte[dataLength]), problem);
        Assert.True(thrown.Offset >= 8 && thrown.Offset <= 8 + header.Length + dataLength, $"{what}: byte {thrown.Offset}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void A_file_without_room_for_the_length_is_refused(int length) =>
        Assert.Equal(length, Refused(_folder.Write("m.safetensors", new byte[length]), "ends before the 8 bytes").Offset);

    [Fact]
    public void A_length_of_nothing_is_refused() =>
        Refused(SafetensorsFiles.Write(_folder, [], [], length: 0), "not a JSON object");

    [Theory]
    [InlineData(3ul)]
    [InlineData(100_000_001ul)]
    [InlineData(ulong.MaxValue)]
    [InlineData(ulong.MaxValue - 7)]
    [InlineData(0x00ff_ffff_ffff_fffful)]
    public void A_length_beyond_the_file_or_the_limit_is_refused_before_memory_is_taken(ulong length)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused(SafetensorsFiles.Write(_folder, "{}"u8, [], length), "is said to have");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_header_that_is_longer_than_allowed_is_refused_even_if_it_is_there()
    {
        string path = _folder.File("m.safetensors");
        using (FileStream sparse = File.Create(path))
        {
            sparse.Write(BitConverter.GetBytes(100_000_001ul));
            sparse.SetLength(8 + 100_000_001);
        }
        Refused(path, "at most 100000000");
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused_at_their_place()
    {
        byte[] header = Encoding.UTF8.GetBytes("""{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""");
        header[2] = 0xff;
        Assert.Equal(8 + 2, Refused(SafetensorsFiles.Write(_folder, header, new byte[4]), "not UTF-8").Offset);
    }

    [Fact]
    public void A_tensor_larger_than_the_file_is_refused_before_memory_is_taken()
    {
        string path = SafetensorsFiles.Write(_folder, """{"a":{"dtype":"F32","shape":[1000000000,1000],"data_offsets":[0,4000000000000]}}""", new byte[4]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused(path, "take 4000000000000 bytes, but 4");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_huge_shape_with_a_zero_is_legal_and_empty()
    {
        string path = SafetensorsFiles.Write(_folder, """{"a":{"dtype":"F32","shape":[4294967296,4294967296,0],"data_offsets":[0,0]}}""", []);
        Assert.Equal(0, Safetensors.Load(path).Tensors["a"].ElementCount);
    }

    [Fact]
    public void More_tensors_than_allowed_are_refused()
    {
        var header = new StringBuilder("{");
        for (int i = 0; i <= 100_000; i++)
            header.Append($$"""{{(i == 0 ? "" : ",")}}"{{i}}":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}""");
        Refused(SafetensorsFiles.Write(_folder, header.Append('}').ToString(), []), "more than 100000 tensors");
    }

    [Fact]
    public void Depth_costs_no_stack()
    {
        string deep = """{"a":""" + new string('[', 1_000_000);
        Refused(SafetensorsFiles.Write(_folder, deep, []), "not described by an object");
        deep = """{"a":{"dtype":"F32","shape":""" + new string('[', 1_000_000);
        Refused(SafetensorsFiles.Write(_folder, deep, []), "well-formed");
    }

    [Fact]
    public void Every_flipped_byte_of_a_header_is_refused_or_changes_nothing_but_names_and_notes()
    {
        Safetensors.Save(_folder.File("m.safetensors"), [("weight", Tensor.From([1f, 2f], [1, 2])), ("bias", Tensor.From([3.0]))], new Dictionary<string, string> { ["k"] = "v" });
        byte[] good = File.ReadAllBytes(_folder.File("m.safetensors"));
        int refused = 0;
        for (int place = 0; place < good.Length - 16; place++)
        {
            byte[] bad = [.. good];
            bad[place] ^= (byte)(1 + place % 255);
            try
            {
                IReadOnlyDictionary<string, Tensor> tensors = Safetensors.Load(_folder.Write("m.safetensors", bad)).Tensors;
                Assert.Equal(16, tensors.Values.Sum(tensor => tensor.ElementCount * tensor.DType.Size()));
            }
            catch (FileFormatException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, good.Length / 2, good.Length);
    }

    [Fact]
    public void Every_shortened_file_is_refused()
    {
        Safetensors.Save(_folder.File("m.safetensors"), [("weight", Tensor.From([1f, 2f]))]);
        byte[] good = File.ReadAllBytes(_folder.File("m.safetensors"));
        for (int length = 0; length < good.Length; length++)
        {
            string path = _folder.Write("m.safetensors", good.AsSpan(0, length));
            Assert.Throws<FileFormatException>(() => Safetensors.Load(path));
        }
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var thrown = Assert.Throws<FileNotFoundException>(() => Safetensors.Load(_folder.File("none.safetensors")));
        Assert.Contains("none.safetensors", thrown.Message, StringComparison.Ordinal);
    }

    private static FileFormatException Refused(string path, string problem)
    {
        var thrown = Assert.Throws<FileFormatException>(() => Safetensors.Load(path));
        Assert.Equal(path, thrown.Path);
        Assert.StartsWith($"{path}, byte {thrown.Offset}: ", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(problem, thrown.Message, StringComparison.Ordinal);
        return thrown;
    }
}
