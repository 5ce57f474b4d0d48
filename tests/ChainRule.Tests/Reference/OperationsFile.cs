using System.Collections.Concurrent;
using System.IO.Compression;

namespace ChainRule.Tests.Reference;

/// <summary>The file of recorded operations, and what was compared with it.</summary>
/// <remarks>The environment variable CHAINRULE_REFERENCE names another folder with an operations.jsonl.gz.</remarks>
public sealed class OperationsFile : IDisposable
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("CHAINRULE_REFERENCE");

    private static readonly Lazy<ILookup<string, ReferenceCase>> Cases = new(() => Read().ToLookup(one => one.Operation));

    private readonly ConcurrentDictionary<string, (int Cases, double Worst)> _compared = new(StringComparer.Ordinal);

    /// <summary>Whether this is the project's own copy, whose numbers of operations and cases are known.</summary>
    public static bool IsOwn => string.IsNullOrEmpty(Folder);

    /// <summary>The names of the operations in the file.</summary>
    public static IEnumerable<string> Operations => Cases.Value.Select(group => group.Key);

    public static int CaseCount => Cases.Value.Sum(group => group.Count());

    private static string File => Path.Combine(IsOwn ? Path.Combine(Shared.SolutionFolder.Path, "tests/ChainRule.Tests/Reference") : Folder!, "operations.jsonl.gz");

    internal static IEnumerable<ReferenceCase> Of(string operation) => Cases.Value[operation];

    internal void Count(string operation, double worst) =>
        _compared.AddOrUpdate(operation, (1, worst), (_, before) => (before.Cases + 1, Math.Max(before.Worst, worst)));

    public void Dispose()
    {
        Console.WriteLine($"{_compared.Count} of {Operations.Count()} operations, {_compared.Values.Sum(one => one.Cases)} of {CaseCount} cases compared with {File}; the largest differences, relative to 1 or the value:");
        foreach ((string name, (int cases, double worst)) in _compared.OrderByDescending(one => one.Value.Worst).Take(8))
            Console.WriteLine($"  {name}: {cases} cases, {worst:G2}");
    }

    private static List<ReferenceCase> Read()
    {
        using var reader = new StreamReader(new GZipStream(System.IO.File.OpenRead(File), CompressionMode.Decompress));
        var all = new List<ReferenceCase>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
                all.Add(ReferenceCase.Parse(line));
        }
        return all;
    }
}
