using System.Runtime.Intrinsics.X86;
using ChainRule.Kernels;

namespace ChainRule.Tests.Kernels.Windows;

public sealed unsafe class PairPoolingTests
{
    // Few values, so that windows have ties; with both zeros and what is not a number.
    private static readonly float[] _values = [1, 2, -3, 0, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1, 2];

    [Fact]
    public void Four_windows_at_a_time_are_like_one_by_one()
    {
        if (!Sse.IsSupported) return; // then windows are pooled one by one
        var random = new Random(1);
        int compared = 0;
        for (int height = 2; height < 8; height++)
        {
            for (int width = 2; width < 28; width++)
            {
                var windows = WindowGrid.Over([new(height, 2, 2, 0, 1, height / 2), new(width, 2, 2, 0, 1, width / 2)]);
                Assert.True(PairPooling.Suits(windows));
                float[] x = [.. Enumerable.Range(0, 3 * height * width).Select(_ => _values[random.Next(_values.Length)])];
                float[] c = [.. Enumerable.Range(0, 3 * (height / 2) * (width / 2)).Select(_ => (float)random.Next(-3, 4) * (random.Next(2) == 0 ? -1 : 1))];
                (float[] y, float[] spread) = Pool(windows, x, c, isFast: true);
                (float[] expected, float[] expectedSpread) = Pool(windows, x, c, isFast: false);
                Assert.Equal(Bits(expected), Bits(y));
                Assert.Equal(Bits(expectedSpread), Bits(spread));
                compared++;
            }
        }
        Assert.Equal(6 * 26, compared);
    }

    private static (float[] Y, float[] Spread) Pool(WindowGrid windows, float[] x, float[] c, bool isFast)
    {
        float[] y = new float[c.Length], spread = new float[x.Length];
        if (isFast)
        {
            Array.Fill(spread, 7);
            fixed (float* px = x, pc = c, py = y, ps = spread)
            {
                PairPooling.Forward(windows, 3, px, py);
                PairPooling.Spread(windows, 3, pc, px, ps);
            }
            return (y, spread);
        }
        double[] wide = [.. x.Select(value => (double)value)], cotangent = [.. c.Select(value => (double)value)];
        double[] wideY = new double[y.Length], wideSpread = new double[x.Length];
        fixed (double* px = wide, pc = cotangent, py = wideY, ps = wideSpread)
        {
            MaxPooling.Forward(windows, 3, px, py);
            MaxPooling.Spread(windows, 3, pc, px, ps);
        }
        return ([.. wideY.Select(value => (float)value)], [.. wideSpread.Select(value => (float)value)]);
    }

    // A NaN is a NaN, but zeros have signs.
    private static int[] Bits(float[] values) => [.. values.Select(value => float.IsNaN(value) ? int.MaxValue : BitConverter.SingleToInt32Bits(value))];
}
