using System.Diagnostics;
using System.Globalization;
using ChainRule.Kernels;
using ChainRule.Plots;

namespace ChainRule.Bench;

/// <summary>Products of all sizes as shares of the machine's multiply-add peak: a picture, and the places where more work goes slower.</summary>
public static class ProductSweep
{
    // Throughput that falls by more than this when the work grows is a cliff.
    private const double Cliff = 1.5;
    private const int Middle = 256;

    // Each product is measured in several passes over all: a neighbour on the machine disturbs one of them, hardly all.
    private const int Passes = 4;

    private static readonly int[] Sizes = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024];
    private static readonly int[] FewSizes = [1, 4, 16, 48, 64, 128, 256, 512, 1024];
    private static readonly string[] Layouts = ["neither transposed", "B transposed", "A transposed", "both transposed"];

    /// <summary>Measures and writes the pictures; the layouts get a file of their own beside the first.</summary>
    /// <param name="output">Where the cliffs are listed.</param>
    /// <param name="path">The SVG to write.</param>
    /// <param name="seconds">About how long to measure.</param>
    /// <param name="threads">How many compute.</param>
    public static void Run(TextWriter output, string path, double seconds, int threads)
    {
        WorkerTeam.Shared.Threads = threads;
        double peak = Enumerable.Range(0, Passes).Max(_ => FmaPeak.Measure(new BenchmarkClock(output, ""), threads));
        double each = seconds / Passes / (2 * Sizes.Length * Sizes.Length + 4 * FewSizes.Length * FewSizes.Length);
        string machine = string.Create(CultureInfo.InvariantCulture, $"percent of {peak:N0} GFLOP/s, the measured peak of multiply-adds of {threads} threads; framed: more work, and less than {1 / Cliff:P0} of the throughput of a neighbour");
        ValueGrid square = Measure(output, "m = n down, k across", Sizes, "k", peak, each, (n, k) => (n, n, k), 0);
        ValueGrid flat = Measure(output, $"m down, n across, k = {Middle}", Sizes, "n", peak, each, (m, n) => (m, n, Middle), 0);
        Save(path, Figure.OfShares("How fast products of each size are", machine, square, flat));
        ValueGrid[] layouts = [.. Enumerable.Range(0, Layouts.Length).Select(layout => Measure(output, $"{Layouts[layout]}: m = n down, k across", FewSizes, "k", peak, each, (n, k) => (n, n, k), layout))];
        Save(Path.ChangeExtension(path, null) + "-layouts.svg", Figure.OfShares("How fast products of each layout are", machine, layouts));
    }

    private static void Save(string path, Figure figure)
    {
        string unfinished = path + ".part";
        File.WriteAllText(unfinished, figure.ToSvg());
        File.Move(unfinished, path, overwrite: true);
    }

    private static ValueGrid Measure(TextWriter output, string title, int[] sizes, string across, double peak, double seconds, Func<int, int, (int M, int N, int K)> shape, int layout)
    {
        var shares = new double[sizes.Length, sizes.Length];
        for (int cell = 0; cell < Passes * shares.Length; cell++)
        {
            (int row, int column) = (cell % shares.Length / sizes.Length, cell % sizes.Length);
            (int m, int n, int k) = shape(sizes[row], sizes[column]);
            double share = Arithmetic.Product(m, n, k) / Microseconds(m, n, k, layout, seconds) / 1e3 / peak;
            shares[row, column] = Math.Max(shares[row, column], share);
        }
        string[] names = [.. sizes.Select(size => size.ToString(CultureInfo.InvariantCulture))];
        return new ValueGrid(title, names, names, across, shares, Cliffs(output, title, sizes, shares));
    }

    private static List<(int Row, int Column)> Cliffs(TextWriter output, string title, int[] sizes, double[,] shares)
    {
        var cliffs = new List<(int Row, int Column)>();
        for (int row = 0; row < sizes.Length; row++)
        {
            for (int column = 0; column < sizes.Length; column++)
            {
                double before = Math.Max(row > 0 ? shares[row - 1, column] : 0, column > 0 ? shares[row, column - 1] : 0);
                if (before <= Cliff * shares[row, column]) continue;
                cliffs.Add((row, column));
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cliff, {title}: {sizes[row]} x {sizes[column]} at {shares[row, column]:P1} after {before:P1}"));
            }
        }
        return cliffs;
    }

    // The best of some samples: a neighbour's noise only adds.
    private static double Microseconds(int m, int n, int k, int layout, double seconds)
    {
        Tensor a = layout < 2 ? Tensor.Normal([m, k], new RandomKey(1)) : Tensor.Normal([k, m], new RandomKey(1)).T;
        Tensor b = layout % 2 == 0 ? Tensor.Normal([k, n], new RandomKey(2)) : Tensor.Normal([n, k], new RandomKey(2)).T;
        int repeat = 1;
        double best = double.PositiveInfinity;
        var total = Stopwatch.StartNew();
        for (int samples = 0; samples < 3 || total.Elapsed.TotalSeconds < seconds; samples++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < repeat; i++)
                a.MatMul(b);
            double taken = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            best = Math.Min(best, taken / repeat);
            if (taken < 50)
                repeat *= 2;
        }
        return best;
    }
}
