using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ChainRule.TensorBoard.Tests;

namespace ChainRule.Cli.Tests.Runs;

/// <summary>Ctrl-C and its kin end a run cleanly, and keep what there is.</summary>
public sealed class InterruptionTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public async Task A_signal_ends_a_run_with_all_its_files(string signal, int exitCode)
    {
        using Process process = _tool.Start("train --data xor --epochs 1000000 --json --output out");
        Task<string> error = process.StandardError.ReadToEndAsync();
        ReadUntil(process, "epoch ");
        Send(signal, process);
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var result = new ToolResult(process.ExitCode, output, await error);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.StartsWith("note: stopped in epoch ", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("what there is is in out.\n", result.Error, StringComparison.Ordinal);
        Assert.InRange(result.Json.GetProperty("epochs").GetInt64(), 1, 999_999);
        Assert.InRange(result.TestAccuracy, 0, 1);
        Assert.Equal(new ModelFile(_tool.Folder.File("out/model.safetensors")).WeightsHash, result.WeightsHash);
        Assert.All(File.ReadLines(_tool.Folder.File("out/metrics.jsonl")), line => JsonDocument.Parse(line).Dispose());
        Assert.Contains("The run was stopped before its end", File.ReadAllText(_tool.Folder.File("out/report.html")), StringComparison.Ordinal);
        Assert.Equal(6, Directory.GetFileSystemEntries(_tool.Folder.File("out")).Length);
    }

    [Fact]
    public async Task A_second_signal_ends_it_at_once()
    {
        using Process process = _tool.Start("train --data xor --epochs 1000000 --output out");
        Task<string> error = process.StandardError.ReadToEndAsync();
        ReadUntil(process, "epoch ");
        // To a process that is stopped signals of one kind come as one: so these are of two kinds, and arrive together.
        foreach (string signal in new[] { "STOP", "INT", "TERM", "CONT" })
            Send(signal, process);
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Contains(process.ExitCode, new[] { 130, 143 });
        Assert.Equal("", await error);
        Assert.False(File.Exists(_tool.Folder.File("out/report.html")));
    }

    // Nothing can be done on the way out of this one: what is in the file must have been written before.
    [Fact]
    public async Task A_killed_run_leaves_an_event_file_with_what_had_happened()
    {
        using Process process = _tool.Start("train --data xor --epochs 1000000 --output out --tensorboard events");
        Task<string> error = process.StandardError.ReadToEndAsync();
        // At the second line a second step has been made, which shows what the first did to the weights.
        ReadUntil(process, "epoch ");
        ReadUntil(process, "epoch ");
        Send("KILL", process);
        await process.WaitForExitAsync();
        await error;
        byte[] file = File.ReadAllBytes(Assert.Single(Directory.GetFiles(_tool.Folder.File("events"))));
        byte[][] events = [.. WireFields.WholeRecords(file)];
        Assert.Single(events, record => WireFields.Of(record).Exists(field => field.Number == 4));
        string[] tags = [.. events.Where(record => WireFields.Of(record).Exists(field => field.Number == 5)).Select(record => Encoding.UTF8.GetString(WireFields.Part(record, 5, 1, 1))).Distinct()];
        Assert.All(new[] { "settings", "loss/step", "loss/train", "accuracy/test", "gradient/0.weight", "update-ratio/2.weight", "weights/0.weight" }, tag => Assert.Contains(tag, tags));
        Assert.DoesNotContain("run", tags);
    }

    private static void ReadUntil(Process process, string start)
    {
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith(start, StringComparison.Ordinal)) return;
        }
        Assert.Fail($"The run ended before a line began with \"{start}\".");
    }

    private static void Send(string signal, Process process)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {process.Id}"]);
        kill.WaitForExit();
    }
}
