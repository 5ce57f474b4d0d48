using System.Diagnostics;
using ChainRule.Playground.Lab;

namespace ChainRule.Playground.Tests;

/// <summary>A program that the page has written, run on the desktop against the library that these tests use.</summary>
public static class ExportedProgram
{
    // In place of the package, which is not published yet: what stands beside a program of one file belongs to it.
    private static readonly string _library = $"""
        <Project>
          <ItemGroup><Reference Include="{Path.Combine(AppContext.BaseDirectory, "ChainRule.dll")}" /></ItemGroup>
        </Project>
        """;

    /// <summary>What it prints.</summary>
    public static async Task<string> Run(string code, bool isPortable)
    {
        string folder = Directory.CreateTempSubdirectory("playground-export-").FullName, file = Path.Combine(folder, "exported.cs");
        await File.WriteAllTextAsync(Path.Combine(folder, "Directory.Build.props"), _library);
        await File.WriteAllTextAsync(file, code.Replace(CodeExport.Package, "", StringComparison.Ordinal));
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
