using System.Text.RegularExpressions;

namespace ChainRule.Tests.Architecture;

public sealed partial class HouseTests
{
    private const int LongestFile = 500;

    /// <summary>Names that say nothing: if nothing else fits, the room is wrong.</summary>
    private static readonly string[] EmptyWords =
        ["Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Manager", "Common", "Base", "Impl", "Info", "Misc"];

    [Fact]
    public void No_source_file_is_longer_than_can_be_read() =>
        Breaches.None(
            from file in SourceFile.All("src")
            where file.Lines > LongestFile
            select $"{file.Path}: {file.Lines} lines, the limit is {LongestFile}");

    [Fact]
    public void Types_and_files_have_names_that_say_something()
    {
        Breaches.None(
            from type in CompiledHouse.ChainRule.Types
            where SaysNothing(type.Name)
            select $"{type.File}: {type.Name} says nothing about what it is");
        Breaches.None(
            from file in SourceFile.All("src")
            where file.Path.Split('/', '.').Any(SaysNothing)
            select $"{file.Path}: a name that says nothing about what is inside");
    }

    [Fact]
    public void A_file_has_at_most_one_public_type_and_its_name() =>
        Breaches.None(
            from type in CompiledHouse.ChainRule.Types
            where type.IsPublic && !IsNamed(type.File, type.Name)
            select $"{type.File}: {type.Name} is public and belongs in a file of its own name");

    [Theory]
    [InlineData("Helper", true)]
    [InlineData("TensorUtils", true)]
    [InlineData("ITensorInfo", true)]
    [InlineData("OpBase", true)]
    [InlineData("Baseline", false)]
    [InlineData("CommonSubexpressions", false)]
    [InlineData("Information", false)]
    [InlineData("ChainRule.Kernels.LoopHelper", true)]
    public void A_name_is_judged_by_its_last_word(string name, bool saysNothing) => Assert.Equal(saysNothing, SaysNothing(name));

    [Theory]
    [InlineData("Core/Tensor.cs", "ChainRule.Tensor", true)]
    [InlineData("Core/Tensor.Printing.cs", "ChainRule.Tensor", true)]
    [InlineData("Data/Batch{T}.cs", "ChainRule.Data.Batch", true)]
    [InlineData("Core/Shape.cs", "ChainRule.Axes", false)]
    public void A_file_is_named_after_its_type(string file, string type, bool named) => Assert.Equal(named, IsNamed(file, type));

    [Fact]
    public void Words_in_comments_and_strings_are_not_code()
    {
        var file = new SourceFile("A.cs", """
            // unsafe here
            /* unsafe there */ string s = "unsafe \" unsafe", t = @"unsafe "" unsafe"; char c = '"';
            string Parallel = $"{s} unsafe";
            """);
        Assert.False(file.Says("unsafe"));
        Assert.True(file.Says("Parallel"));
        Assert.True(new SourceFile("B.cs", "public unsafe void Run() { }").Says("unsafe"));
    }

    private static bool SaysNothing(string name) => EmptyWords.Contains(LastWord().Match(name).Value);

    private static bool IsNamed(string file, string type) =>
        Path.GetFileName(file).Split('.', '{')[0] == type.Split('.')[^1];

    [GeneratedRegex("[A-Z][a-z0-9]*$")]
    private static partial Regex LastWord();
}
