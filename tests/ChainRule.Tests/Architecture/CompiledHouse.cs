namespace ChainRule.Tests.Architecture;

/// <summary>A compiled assembly as the rules see it.</summary>
/// <param name="Types">The types that a person wrote.</param>
/// <param name="Uses">Who uses whom, each pair once.</param>
internal sealed record CompiledHouse(IReadOnlyList<HousedType> Types, IReadOnlyList<Use> Uses)
{
    private static readonly Lazy<CompiledHouse> Library = new(() => Read(Path.Combine(AppContext.BaseDirectory, "ChainRule.dll"), "/src/ChainRule/"));

    /// <summary>The library itself, read once for all tests.</summary>
    public static CompiledHouse ChainRule => Library.Value;

    /// <param name="assembly">The path of the assembly; its portable symbols stand beside it.</param>
    /// <param name="sourceRoot">The end of the source folder's path, as in "/src/ChainRule/"; files elsewhere do not count.</param>
    public static CompiledHouse Read(string assembly, string sourceRoot)
    {
        using var reader = new HouseReader(assembly, sourceRoot);
        return new([.. reader.Types()], [.. reader.Uses()]);
    }
}
