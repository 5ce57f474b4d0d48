using System.Diagnostics;
using System.Text;

namespace ChainRule.Cli.Tests;

/// <summary>The built tool, run as users run it: a process of its own in a fresh folder, both its outputs captured.</summary>
internal sealed class Tool : IDisposable
{
    // Only a process that hangs takes so long; the machine may be busy with other tests.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    public TemporaryFolder Folder { get; } = new();

    public static string Library => Path.Combine(AppContext.BaseDirectory, "ChainRule.Cli.dll");

    public static string Runtime => Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    /// <summary>Runs it with these arguments, split at spaces.</summary>
    public ToolResult Run(string arguments, params (string Name, string Value)[] environment) =>
        RunWith(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), environment);

    public ToolResult RunWith(IEnumerable<string> arguments, params (string Name, string Value)[] environment) =>
        RunProgram(Runtime, [Library, .. arguments], environment);

    /// <summary>Runs a shell command in which $chainrule stands for the tool.</summary>
    public ToolResult RunShell(string command) => RunProgram("/bin/sh", ["-c", command], ("chainrule", $"{Runtime} {Library}"));

    /// <summary>Starts it so that it hears SIGINT, even where the tests run in the background of a shell, which makes their children deaf to it.</summary>
    public Process Start(string arguments) =>
        Start("/usr/bin/env", ["--default-signal=INT", Runtime, Library, .. arguments.Split(' ')]);

    public void Dispose() => Folder.Dispose();

    private ToolResult RunProgram(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        using Process process = Start(program, arguments, environment);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(_patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"chainrule {string.Join(' ', arguments)} did not end.");
        }
        return new ToolResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    private Process Start(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
