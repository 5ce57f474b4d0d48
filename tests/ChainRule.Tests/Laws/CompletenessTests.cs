using ChainRule.Tests.Architecture;

namespace ChainRule.Tests.Laws;

/// <summary>One operation, one file, one row: nothing about operations is listed anywhere else.</summary>
public sealed class CompletenessTests
{
    private static readonly Type[] Ops = [.. typeof(Op).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Op)) && !type.IsAbstract)];

    [Fact]
    public void Every_op_has_exactly_one_row()
    {
        Assert.NotEmpty(Ops);
        Breaches.None(
            from op in Ops
            let rows = OpCases.All.Count(row => row.Op == op)
            where rows != 1
            select $"{op.Name} has {rows} rows in OpCases, not one");
    }

    [Fact]
    public void Every_op_lies_in_the_file_of_its_name_in_the_folder_of_its_family()
    {
        Breaches.None(
            from op in Ops
            let file = CompiledHouse.ChainRule.Types.Single(type => type.Name == op.FullName).File
            let place = file.Split('/')
            where place is not ["Ops", "Elementwise" or "Linear" or "Bilinear" or "General" or "Zero", _] || place[2] != $"{op.Name[..^2]}.cs"
            select $"{op.Name} lies in {file}");
        Breaches.None(
            from op in Ops
            let file = CompiledHouse.ChainRule.Types.Single(type => type.Name == op.FullName).File
            where Family(op) is { } family && file.Split('/')[1] != family
            select $"{op.Name} is of the family {Family(op)} but lies in {file}");
    }

    [Fact]
    public void Every_file_of_Ops_has_exactly_one_row_and_at_most_one_op()
    {
        string[] families = [.. typeof(Op).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Op)) && type.IsAbstract).Select(type => type.Name)];
        string[] files = [.. SourceFile.All("src/ChainRule/Ops").Select(file => Path.GetFileNameWithoutExtension(file.Path)).Except(families)];
        Assert.NotEmpty(files);
        Assert.Equal(files.Order(StringComparer.Ordinal), OpCases.All.Select(row => row.Name).Order(StringComparer.Ordinal));
        Breaches.None(
            from type in CompiledHouse.ChainRule.Types
            where type.File.StartsWith("Ops/", StringComparison.Ordinal) && Ops.Any(op => op.FullName == type.Name)
            group type by type.File into file
            where file.Count() > 1
            select $"{file.Key} defines {file.Count()} operations");
    }

    [Fact]
    public void Every_row_has_variants_with_and_without_elements() =>
        Assert.All(OpCases.All, row => Assert.NotEmpty(row.Variants));

    private static string? Family(Type op)
    {
        if (op.IsSubclassOf(typeof(BilinearOp))) return "Bilinear";
        if (op.IsSubclassOf(typeof(LinearOp))) return "Linear";
        return op.IsSubclassOf(typeof(ZeroOp)) ? "Zero" : null;
    }
}
