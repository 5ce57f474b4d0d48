using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChainRule.Bench;

/// <summary>Times the benchmarks whose names contain a text, by the method of the TorchSharp peer, and prints a line for each.</summary>
public sealed class BenchmarkClock(TextWriter output, string only)
{
    /// <summary>A benchmark of this name is asked for.</summary>
    public bool Wants(string name) => name.Contains(only, StringComparison.Ordinal);

    /// <summary>Runs the work for some seconds in samples of at least 5 ms.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="work">The work.</param>
    /// <param name="floor">The microseconds that it takes at least, by the peak of this machine; printed with the share of it that was reached.</param>
    /// <param name="describe">May add fields, given the median.</param>
    /// <param name="seconds">How long to measure.</param>
    public void Time(string name, Action work, Func<double>? floor = null, Action<JsonObject, double>? describe = null, double seconds = 2)
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
        if (floor is not null)
        {
            double least = floor();
            line["floor_us"] = Math.Round(least, 2);
            line["share"] = Math.Round(least / median, 3);
        }
        describe?.Invoke(line, median);
        Print(line);
    }

    /// <summary>Prints one line.</summary>
    public void Print(JsonObject line) => output.WriteLine(line.ToJsonString(JsonSerializerOptions.Web));
}
