using System.Diagnostics;
using System.Globalization;
using ChainRule.Samples.Portable;

namespace ChainRule.BrowserBench;

/// <summary>What the playground's pages spend their time on.</summary>
internal static class Timings
{
    private const double Seconds = 0.5;

    public static void Print(TextWriter output)
    {
        foreach (bool isCompiled in new[] { false, true })
        {
            string how = isCompiled ? "compiled" : "eager";
            Func<double> xor = Trainings.Xor(isCompiled), spiral = Trainings.Spiral(isCompiled);
            Print(output, $"xor 2-4-1 step, {how}", () => xor());
            Print(output, $"spiral 2-8-8-3 step, {how}", () => spiral());
        }
        Tensor a = Tensor.Normal([64, 64], new RandomKey(1)), b = Tensor.Normal([64, 64], new RandomKey(2));
        Tensor long1 = Tensor.Normal([10_000], new RandomKey(3)), long2 = Tensor.Normal([10_000], new RandomKey(4));
        Tensor small = Tensor.Normal([4, 4], new RandomKey(5)), points = Tensor.Normal([900, 2], new RandomKey(6)), weight = Tensor.Normal([2, 8], new RandomKey(7));
        Print(output, "product 64 x 64 x 64", () => a.MatMul(b));
        Print(output, "product 900 x 2 x 8", () => points.MatMul(weight));
        Print(output, "product 4 x 4 x 4", () => small.MatMul(small));
        Print(output, "exp of 10,000", () => long1.Exp());
        Print(output, "tanh of 10,000", () => long1.Tanh());
        Print(output, "sigmoid of 10,000", () => long1.Sigmoid());
        Print(output, "relu of 10,000", () => long1.Relu());
        Print(output, "add of 10,000", () => long1 + long2);
        Print(output, "multiply of 10,000", () => long1 * long2);
        Print(output, "sum of 10,000", () => long1.Sum());
        Print(output, "add of 16", () => small + small);
        Print(output, "tanh of 16", () => small.Tanh());
        Print(output, "sum of 16", () => small.Sum());
    }

    private static void Print(TextWriter output, string name, Func<object> work)
    {
        for (int i = 0; i < 20; i++)
            work();
        var clock = Stopwatch.StartNew();
        long runs = 0;
        do
        {
            work();
            runs++;
        }
        while (clock.Elapsed.TotalSeconds < Seconds);
        double microseconds = clock.Elapsed.TotalMicroseconds / runs;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"time {name}: {microseconds:G4} us, {1e6 / microseconds:F0} a second"));
    }
}
