using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ChainRule.Portable.Tests;

/// <summary>The sample's programs in a process of their own: the mode and the vectors are chosen when it starts.</summary>
internal sealed record PortableRun(bool IsPortable, IReadOnlyDictionary<string, string> Hashes)
{
    private static readonly string[] Switches = ["EnableAVX512", "EnableAVX2", "EnableHWIntrinsic"];

    public static PortableRun In(string? portable, string? switchedOff = null, int threads = 1)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "ChainRule.Samples.Portable.dll");
        var start = new ProcessStartInfo(DotnetHost, [program, $"{threads}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CHAINRULE_PORTABLE"] = portable;
        foreach (string name in Switches)
            start.Environment[$"DOTNET_{name}"] = name == switchedOff ? "0" : "1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"The program ended with {process.ExitCode}: {output.Result}{errors.Result}");
        string[] lines = output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var hashes = lines[1..].Select(line => line.TrimEnd().Split(": ")).ToDictionary(parts => parts[0], parts => parts[1]);
        return new(lines[0].TrimEnd() == "portable True", hashes);
    }

    // <root>/shared/Microsoft.NETCore.App/<version>/ holds the runtime, <root>/dotnet starts it.
    private static string DotnetHost => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
