using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using ChainRule.Cli.Tests;
using ChainRule.Shared;

namespace ChainRule.Lessons.Tests;

/// <summary>What a lesson printed and drew when it was run, once for all tests, as a process of its own in an empty folder.</summary>
internal sealed record LessonRun(string Name, int ExitCode, string Output, string Error, IReadOnlyDictionary<string, string> Pictures)
{
    private static readonly ConcurrentDictionary<string, Lazy<LessonRun>> _runs = new();

    // Only a process that hangs takes so long; the machine may be busy with other tests.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    public static string Folder => Path.Combine(SolutionFolder.Path, "learn");

    /// <summary>The names of all lessons, like 01-chain-rule.</summary>
    public static string[] Names => [.. Directory.GetFiles(Folder, "*.cs").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!];

    public static string Source(string name) => File.ReadAllText(Path.Combine(Folder, $"{name}.cs"));

    public static LessonRun Of(string name) => _runs.GetOrAdd(name, _ => new Lazy<LessonRun>(() => Run(name))).Value;

    /// <summary>The run of a lesson by its number.</summary>
    public static LessonRun Of(int number) => Of(Names.Single(name => name.StartsWith($"{number:00}-", StringComparison.Ordinal)));

    private static LessonRun Run(string name)
    {
        using var folder = new TemporaryFolder();
        string program = Path.Combine(AppContext.BaseDirectory, $"{name}.program.dll");
        using Process process = Process.Start(new ProcessStartInfo(Tool.Runtime, [program])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(_patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{name} did not end.");
        }
        string pictures = Path.Combine(folder.Path, "runs", "lessons");
        var drawn = Directory.Exists(pictures)
            ? Directory.GetFiles(pictures).ToDictionary(file => Path.GetFileName(file), File.ReadAllText)
            : [];
        return new LessonRun(name, process.ExitCode, output.GetAwaiter().GetResult().ReplaceLineEndings("\n"), error.GetAwaiter().GetResult(), drawn);
    }
}
