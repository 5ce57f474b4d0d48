using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ChainRule.Formats;
using ChainRule.Nn;

namespace ChainRule.Tests.Formats;

/// <summary>A process that writes checkpoints is killed at any moment: the file is always a whole one (P18).</summary>
[Collection<Alone>]
public sealed class KilledWriterTests(ITestOutputHelper output)
{
    private const int Kills = 30;

    // <root>/shared/Microsoft.NETCore.App/<version>/ holds the runtime, <root>/dotnet starts it.
    private static string DotnetHost => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    [Fact]
    public void After_every_kill_the_file_holds_a_whole_state_that_is_not_older_than_the_last_one_reported()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("training.safetensors");
        var random = new Random(18);
        int insideOfWrites = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            int before = folder.Listing.Count();
            long reported = Killed(path, random.Next(1, 20), random.Next(0, 3000));
            (Linear model, TrainingCheckpoint checkpoint) = EndlessWriter.Make();
            long step = checkpoint.Load(path).Step;
            Assert.True(step >= reported, $"kill {kill}: step {reported} was reported, but the file holds {step}");
            Assert.All(model.Parameters(), parameter => Assert.All(parameter.ToArray<float>(), value => Assert.Equal(step, value)));
            insideOfWrites += folder.Listing.Count() > before + (kill == 0 ? 1 : 0) ? 1 : 0;
        }
        output.WriteLine($"{insideOfWrites} of {Kills} kills were inside of a write.");
    }

    /// <summary>Lets the writer report some steps, waits some microseconds more, and kills it.</summary>
    /// <returns>The last step that it has reported.</returns>
    private static long Killed(string path, int reports, int microseconds)
    {
        var start = new ProcessStartInfo(DotnetHost, [Path.Combine(AppContext.BaseDirectory, "ChainRule.Tests.dll")]) { RedirectStandardOutput = true };
        start.Environment[EndlessWriter.Request] = path;
        using Process process = Process.Start(start)!;
        try
        {
            string? last = null;
            for (int i = 0; i < reports; i++)
                last = process.StandardOutput.ReadLine();
            long until = Stopwatch.GetTimestamp() + (microseconds * Stopwatch.Frequency / 1_000_000);
            while (Stopwatch.GetTimestamp() < until)
                Thread.SpinWait(1);
            return long.Parse(last ?? "the writer ended by itself", CultureInfo.InvariantCulture);
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }
}
