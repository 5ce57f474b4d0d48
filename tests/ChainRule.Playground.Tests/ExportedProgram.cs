using System.Diagnostics;
using ChainRule.Playground.Lab;
using ChainRule.Shared;

namespace ChainRule.Playground.Tests;

/// <summary>A program that the page has written, run on the desktop against the library of this repository.</summary>
public static class ExportedProgram
{
    /// <summary>What it prints.</summary>
    public static async Task<string> Run(string code, bool isPortable)
    {
        string folder = Directory.CreateTempSubdirectory("playground-export-").FullName;
        string library = Path.Combine(SolutionFolder.Path, "src", "ChainRule", "ChainRule.csproj");
        string file = Path.Combine(folder, "exported.cs");
        await File.WriteAllTextAsync(file, code.Replace(CodeExport.Package, $"#:project {library}", StringComparison.Ordinal));
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true };
        start.Environment["CHAINRULE_PORTABLE"] = isPortable ? "1" : "0";
        foreach (string argument in new[] { "run", "-c", "Release", file })
            start.ArgumentList.Add(argument);
        using Process run = Process.Start(start)!;
        string said = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);
        return said;
    }
}
