using System.Numerics;
using ChainRule.Nn;

namespace ChainRule.Inspect;

/// <summary>Measures gradients, weights and activations.</summary>
internal static class Gauge
{
    private const int Sampled = 1024, Compared = 4096;

    // A slope below 2 % of the largest: |tanh x| > 0.99, and a sigmoid nearer than 0.005 to 0 or 1.
    private const double SmallSlope = 0.02;

    public static LayerReading Read(string name, Tensor parameter, bool hasHistogram)
    {
        double weight = Sizes.Of(parameter).Norm;
        if (parameter.Grad is not { } gradient)
            return new LayerReading(name, double.NaN, double.NaN, weight, double.NaN, double.NaN, double.NaN, 0, 0, null);
        ExponentHistogram? histogram = hasHistogram ? Counted(gradient) : null;
        Sizes measured = Sizes.Of(gradient);
        double[] sizes = Sample(gradient, Sampled);
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = Math.Abs(sizes[i]);
        Array.Sort(sizes);
        long count = Math.Max(1, gradient.ElementCount);
        return new LayerReading(name, measured.Norm, measured.Norm / Math.Sqrt(count), weight, At(sizes, 0.01), At(sizes, 0.5), At(sizes, 0.99), (double)measured.Zeros / count, measured.NonFinite, histogram)
        {
            Mean = measured.Mean,
            Largest = measured.Largest,
            NonFiniteShare = (double)measured.NonFinite / count,
        };
    }

    public static ActivationReading? Read(ModuleCall call)
    {
        if (call.Module is not (Relu or Sigmoid or Tanh) || !call.Output.DType.IsFloating() || call.Output.Rank == 0 || call.Output.ElementCount == 0) return null;
        Tensor flat = Flat(call.Output);
        ActivationReading reading = flat.DType == DType.Float32 ? Read<float>(call, flat.Span<float>()) : Read<double>(call, flat.Span<double>());
        GC.KeepAlive(flat);
        return reading;
    }

    private static ActivationReading Read<T>(ModuleCall call, ReadOnlySpan<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int units, int inner) = Layout(call.Output.Shape);
        long zeros = 0, saturated = 0;
        foreach (T value in values)
            zeros += value == T.Zero ? 1 : 0;
        if (call.Module is not Relu)
        {
            bool isTanh = call.Module is Tanh;
            foreach (T value in values)
            {
                double y = double.CreateTruncating(value);
                saturated += (isTanh ? 1 - y * y : 4 * y * (1 - y)) < SmallSlope ? 1 : 0;
            }
        }
        int[] dead = call.Module is Relu ? Dead(values, units, inner) : [];
        return new ActivationReading(call.Path, call.Module.GetType().Name, units, values.Length / units, dead, (double)zeros / values.Length, (double)saturated / values.Length);
    }

    private static int[] Dead<T>(ReadOnlySpan<T> values, int units, int inner) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var isAlive = new bool[units];
        for (int at = 0; at < values.Length;)
        {
            for (int unit = 0; unit < units; unit++)
            {
                for (int end = at + inner; at < end; at++)
                    isAlive[unit] |= values[at] != T.Zero;
            }
        }
        var dead = new List<int>();
        for (int unit = 0; unit < units; unit++)
        {
            if (!isAlive[unit])
                dead.Add(unit);
        }
        return [.. dead];
    }

    /// <summary>Whether an element is NaN or infinite.</summary>
    public static bool IsBroken(Tensor x) => Sizes.Of(x).NonFinite > 0;

    /// <summary>Evenly spaced elements, to be compared with the same ones a step later.</summary>
    public static double[] Sample(Tensor x) => Sample(x, Compared);

    public static double[] Values(Tensor x) => x.DType.IsFloating() && x.ElementCount <= Array.MaxLength ? Sample(x, Array.MaxLength) : x.ToArray<double>();

    /// <summary>The same elements in a row, to be read at once: nothing is recorded, and no memory leaves the pool for it.</summary>
    public static Tensor Flat(Tensor x)
    {
        x.RequireReadable(nameof(GradientDoctor));
        return (x.IsTracked ? x.Alias() : x).ToContiguous();
    }

    /// <summary>The number of units, and how many neighbours belong to one: pictures keep their channels in axis 1.</summary>
    private static (int Units, int Inner) Layout(Shape shape)
    {
        int axis = shape.Rank >= 4 ? 1 : shape.Rank - 1;
        long inner = 1;
        for (int i = axis + 1; i < shape.Rank; i++)
            inner *= shape[i];
        return ((int)shape[axis], (int)inner);
    }

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[(int)Math.Round(share * (sorted.Length - 1))];

    private static double[] Sample(Tensor x, int most)
    {
        if (x.ElementCount == 0) return [];
        Tensor flat = Flat(x);
        double[] sample = flat.DType == DType.Float32 ? Sample<float>(flat.Span<float>(), most) : Sample<double>(flat.Span<double>(), most);
        GC.KeepAlive(flat);
        return sample;
    }

    private static double[] Sample<T>(ReadOnlySpan<T> values, int most) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sample = new double[Math.Min(values.Length, most)];
        for (int i = 0; i < sample.Length; i++)
            sample[i] = double.CreateTruncating(sample.Length == values.Length ? values[i] : values[(int)((long)i * values.Length / sample.Length)]);
        return sample;
    }

    private static ExponentHistogram Counted(Tensor x)
    {
        var histogram = new ExponentHistogram();
        Tensor flat = Flat(x);
        if (flat.DType == DType.Float32)
            histogram.Add(flat.Span<float>());
        else
            histogram.Add(flat.Span<double>());
        GC.KeepAlive(flat);
        return histogram;
    }
}
