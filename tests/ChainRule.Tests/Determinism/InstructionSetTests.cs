using System.Diagnostics;
using System.Runtime.InteropServices;
using ChainRule.Tests.Formats;

namespace ChainRule.Tests.Determinism;

/// <summary>The same bits whatever vectors the processor has: this program is run again without some of them.</summary>
[Collection<Alone>]
public sealed class InstructionSetTests
{
    private static readonly string[] _switches = ["EnableAVX512", "EnableAVX2", "EnableHWIntrinsic"];

    private static readonly Lazy<string[]> _here = new(Fingerprint.Lines);

    [Theory]
    [InlineData("EnableAVX512", 256), InlineData("EnableAVX2", 128), InlineData("EnableHWIntrinsic", 0)]
    public void Narrower_vectors_give_the_same_bits(string switchedOff, int widest)
    {
        string[] lines = LinesWithout(switchedOff);
        Assert.InRange(int.Parse(lines[0]), 0, widest);
        Assert.True(lines.Length > 90);
        Assert.Equal(_here.Value, lines[1..]);
    }

    private static string[] LinesWithout(string switchedOff)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("fingerprint.txt");
        string program = Path.Combine(AppContext.BaseDirectory, "ChainRule.Tests.dll");
        var start = new ProcessStartInfo(DotnetHost, [program]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[FingerprintPrinter.Request] = path;
        foreach (string name in _switches)
            start.Environment[$"DOTNET_{name}"] = name == switchedOff ? "0" : "1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0 && File.Exists(path), $"The program without {switchedOff} ended with {process.ExitCode}: {output.Result}{errors.Result}");
        return File.ReadAllLines(path);
    }

    // <root>/shared/Microsoft.NETCore.App/<version>/ holds the runtime, <root>/dotnet starts it.
    private static string DotnetHost => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
