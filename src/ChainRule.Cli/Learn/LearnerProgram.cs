using System.Diagnostics;
using System.Text;

namespace ChainRule.Cli.Learn;

/// <summary>A program of one file, run by the .NET SDK, or a built one.</summary>
internal static class LearnerProgram
{
    // The first run builds the library as well.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs it on the user's own console.</summary>
    /// <returns>Its exit code.</returns>
    public static int Show(string path)
    {
        using Process process = Start(new ProcessStartInfo(Dotnet, CommandFor(path, [])));
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Runs it and returns what it printed.</summary>
    /// <exception cref="LearnerProgramException">It does not compile, fails, or does not end.</exception>
    public static string Run(string path, string[] arguments)
    {
        using Process process = Start(new ProcessStartInfo(Dotnet, CommandFor(path, arguments))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        });
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(_patience))
        {
            process.Kill(entireProcessTree: true);
            throw new LearnerProgramException($"{path} did not end within {_patience.TotalMinutes:0} minutes.", "");
        }
        string text = output.GetAwaiter().GetResult(), complaint = error.GetAwaiter().GetResult();
        return process.ExitCode == 0 ? text : throw new LearnerProgramException($"{path} does not compile or failed (exit code {process.ExitCode}).", $"{text}{complaint}");
    }

    private static string Dotnet => Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    private static string[] CommandFor(string path, string[] arguments) => Path.GetExtension(path) == ".dll"
        ? [path, .. arguments]
        : ["run", "--configuration", "Release", path, "--", .. arguments];

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new IOException("dotnet did not start.");
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new UserErrorException($"cannot start dotnet: {error.Message}. Lessons are C# programs; they need the .NET 10 SDK on the path.");
        }
    }
}
