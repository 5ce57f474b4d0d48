using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChainRule.Bench;

/// <summary>Times the benchmarks whose names contain a text, by the method of the TorchSharp peer, and prints a line for each.</summary>
public sealed class BenchmarkClock(TextWriter output, string only)
{
    /// <summary>A benchmark of this name is asked for.</summary>
    public bool Wants(string name) => name.Contains(only, StringComparison.Ordinal);

    /// <summary>Runs the work for some seconds in samples of at least 5 ms; <paramref name="describe"/> may add fields, given the median.</summary>
    public void Time(string name, Action work, Action<JsonObject, double>? describe = null, double seconds = 2)
    {
        if (!Wants(name))
            return;
        for (int i = 0; i < 5; i++)
            work();
        var samples = new List<double>();
        var total = Stopwatch.StartNew();
        for (int repeat = 1; total.Elapsed.TotalSeconds < seconds || samples.Count < 5;)
        {
            var watch = Stopwatch.StartNew();
            for (int i = 0; i < repeat; i++)
                work();
            if (watch.Elapsed.TotalSeconds < 0.005)
            {
                repeat *= 2;
                continue;
            }
            samples.Add(watch.Elapsed.TotalMicroseconds / repeat);
        }
        samples.Sort();
        double median = samples[samples.Count / 2];
        var line = new JsonObject
        {
            ["name"] = name,
            ["median_us"] = Math.Round(median, 2),
            ["min_us"] = Math.Round(samples[0], 2),
            ["runs"] = samples.Count,
        };
        describe?.Invoke(line, median);
        Print(line);
    }

    /// <summary>Prints one line.</summary>
    public void Print(JsonObject line) => output.WriteLine(line.ToJsonString(JsonSerializerOptions.Web));
}
