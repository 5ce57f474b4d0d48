using System.Numerics;
using ChainRule.Kernels;
using ChainRule.Tests.Kernels.Loops;

namespace ChainRule.Tests.Kernels.Reductions;

[Collection<Alone>]
public sealed unsafe class SoftmaxTests
{
    private const double Inf = double.PositiveInfinity, NaN = double.NaN;

    private static readonly int[] Lengths = [.. Enumerable.Range(1, 40), 100, 511, 512, 513, 1023, 1024, 1025, 2500];

    [Fact]
    public void Double_rows_of_every_length() => Rows_agree(1e-14, 8);

    [Fact]
    public void Float_rows_of_every_length() => Rows_agree(2e-6f, 16);

    [Theory]
    [InlineData(new double[] { }, -Inf)]
    [InlineData(new[] { -Inf }, -Inf)]
    [InlineData(new[] { -Inf, -Inf, -Inf }, -Inf)]
    [InlineData(new[] { 1, Inf, 2 }, Inf)]
    [InlineData(new[] { Inf, Inf }, Inf)]
    [InlineData(new[] { 1, NaN, Inf }, NaN)]
    [InlineData(new[] { -Inf, NaN }, NaN)]
    [InlineData(new[] { 7.25 }, 7.25)]
    [InlineData(new[] { 7.25, -Inf }, 7.25)]
    [InlineData(new[] { 1e308, -1e308 }, 1e308)]
    [InlineData(new[] { -0.0 }, 0.0)]
    public void Log_sum_exp_of_special_rows(double[] row, double expected)
    {
        Bits.Same<double>([expected], Run(Reduction.LogSumExp, row, 1), "double");
        float single = (float)expected;
        Bits.Same<float>([single], Run(Reduction.LogSumExp, [.. row.Select(v => (float)v)], 1), "float");
    }

    [Theory]
    [InlineData(new[] { -Inf, -Inf, -Inf }, new[] { 0.0, 0, 0 }, new[] { -Inf, -Inf, -Inf })]
    [InlineData(new[] { 3, -Inf }, new[] { 1.0, 0 }, new[] { 0, -Inf })]
    [InlineData(new[] { 1, Inf, 2 }, new[] { 0.0, 1, 0 }, new[] { -Inf, 0, -Inf })]
    [InlineData(new[] { Inf, Inf, -Inf, 5 }, new[] { 0.5, 0.5, 0, 0 }, new[] { -0.6931471805599453, -0.6931471805599453, -Inf, -Inf })]
    [InlineData(new[] { 1, NaN, 2 }, new[] { NaN, NaN, NaN }, new[] { NaN, NaN, NaN })]
    [InlineData(new[] { -Inf, NaN }, new[] { NaN, NaN }, new[] { NaN, NaN })]
    [InlineData(new[] { 1000.0, 1000, 1000, 1000 }, new[] { 0.25, 0.25, 0.25, 0.25 }, new[] { -1.3862943611198906, -1.3862943611198906, -1.3862943611198906, -1.3862943611198906 })]
    [InlineData(new[] { 0.0, -1e6 }, new[] { 1.0, 0 }, new[] { 0, -1e6 })]
    public void Softmax_of_special_rows(double[] row, double[] expected, double[] logarithms)
    {
        Bits.Same<double>(expected, Run(Reduction.Softmax, row, row.Length), "softmax");
        Bits.Same<double>(logarithms, Run(Reduction.LogSoftmax, row, row.Length), "log softmax");
        float[] single = [.. row.Select(v => (float)v)];
        Bits.Same<float>([.. expected.Select(v => (float)v)], Run(Reduction.Softmax, single, row.Length), "float softmax");
        Bits.Same<float>([.. logarithms.Select(v => (float)v)], Run(Reduction.LogSoftmax, single, row.Length), "float log softmax");
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(8)]
    public void Rows_depend_neither_on_threads_nor_on_their_neighbours(int threads)
    {
        using var _ = new Threads(threads);
        const int Rows = 200, Length = 77;
        View<float> x = View<float>.Contiguous([Rows, Length], Value<float>);
        float[] all = Run(Reduction.Softmax, x.Elements(), Rows * Length, Rows), logarithms = Run(Reduction.LogSumExp, x.Elements(), Rows, Rows);
        foreach (int row in new[] { 0, 1, 99, Rows - 1 })
        {
            float[] alone = x.Elements()[(row * Length)..((row + 1) * Length)];
            Bits.Same<float>(Run(Reduction.Softmax, alone, Length), all.AsSpan(row * Length, Length), row);
            Bits.Same<float>(Run(Reduction.LogSumExp, alone, 1), logarithms.AsSpan(row, 1), row);
        }
    }

    [Fact]
    public void The_sum_of_the_exponentials_follows_the_tree()
    {
        foreach (int length in new[] { 5, 16, 100, 1500 })
        {
            // Integers times log 2 would do as well; what counts is that the exponentials are those of the lanes.
            double[] x = [.. Enumerable.Range(0, length).Select(Value<double>)];
            double max = x.Max();
            var exponentials = new Guarded<double>(length);
            View<double> shifted = View<double>.Contiguous([length], i => x[i] - max);
            Elementwise.Unary(default(Exp), shifted.Strided, exponentials.Pointer);
            double sum = TreeReference.Of<double>(exponentials.Elements(), (a, b) => a + b);
            Bits.Same<double>([.. exponentials.Elements().Select(e => e / sum)], Run(Reduction.Softmax, x, length), length);
        }
    }

    private readonly struct Exp : IUnary
    {
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Exp(x);
    }

    private delegate void Rows<T>(T* x, long rows, long n, T* y) where T : unmanaged;

    private static T[] Run<T>(Rows<T> operation, T[] x, int results, int rows = 1) where T : unmanaged
    {
        View<T> view = View<T>.Contiguous([x.Length], i => i < x.Length ? x[i] : default);
        var y = new Guarded<T>(results);
        operation(view.Strided.Data, rows, x.Length / rows, y.Pointer);
        T[] separate = y.Elements();
        if (results == x.Length)
        {
            // In place as well.
            operation(view.Strided.Data, rows, x.Length / rows, view.Strided.Data);
            Bits.Same<T>(separate, view.Elements(), "in place");
        }
        return separate;
    }

    private static void Rows_agree<T>(T tolerance, int lanes) where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (int length in Lengths)
        {
            int rows = length < 3 * lanes ? 3 : 1;
            T[] x = [.. Enumerable.Range(0, rows * length).Select(Value<T>)];
            T[] softmax = Run(Reduction.Softmax, x, x.Length, rows), logarithms = Run(Reduction.LogSoftmax, x, x.Length, rows), sums = Run(Reduction.LogSumExp, x, rows, rows);
            for (int row = 0; row < rows; row++)
            {
                double[] elements = [.. x.Skip(row * length).Take(length).Select(double.CreateChecked)];
                double max = elements.Max(), sum = elements.Sum(v => Math.Exp(v - max));
                Near(max + Math.Log(sum), sums[row], tolerance * T.CreateChecked(4 * Math.Max(1, Math.Abs(max))));
                for (int i = 0; i < length; i++)
                {
                    double expected = Math.Exp(elements[i] - max) / sum;
                    Near(expected, softmax[row * length + i], tolerance * T.CreateChecked(expected));
                    Near(elements[i] - max - Math.Log(sum), logarithms[row * length + i], tolerance * T.CreateChecked(4 * (1 + Math.Abs(elements[i] - max))));
                }
            }
        }
    }

    private static void Near<T>(double expected, T actual, T tolerance) where T : IFloatingPointIeee754<T> =>
        Assert.True(Math.Abs(expected - double.CreateChecked(actual)) <= double.CreateChecked(tolerance), $"{actual} is not within {tolerance} of {expected}");

    private static T Value<T>(int i) where T : unmanaged, INumber<T> => T.CreateChecked((i * 7919L % 2003 - 1001) / 128.0);
}
