using System.Reflection;
using System.Text.Json;
using ChainRule.Optim;

namespace ChainRule.Tests.Optim.Trajectories;

/// <summary>The recorded runs of trajectories.json, which generate_trajectories.py wrote, and the same runs here.</summary>
internal static class Trajectory
{
    private static readonly Shape[] Shapes = [[3, 2], [4], [2, 3, 2]];

    public static JsonElement Recorded { get; } = Read();

    public static long[] Kept => [.. Recorded.GetProperty("kept").EnumerateArray().Select(step => step.GetInt64())];

    public static double[] Numbers(JsonElement row) => [.. row.EnumerateArray().Select(value => value.GetDouble())];

    /// <summary>Start values as the script's.</summary>
    public static Tensor[] Start() =>
        [.. Shapes.Select((shape, number) => Tensor.From([.. Places(shape).Select(place => place * 0.37 - 0.9 + 0.2 * number)], shape).RequiresGrad())];

    /// <summary>Sets the gradients of a step as the script does, by arithmetic alone.</summary>
    public static void SetGradients(Tensor[] parameters, int step)
    {
        foreach (Tensor parameter in parameters)
        {
            double[] values = parameter.ToArray<double>();
            for (int i = 0; i < values.Length; i++)
            {
                double p = values[i];
                values[i] = (0.5 + 0.25 * i) * (p - (0.3 * i - 0.7)) + 0.3 * p * p * p + ((step % 5) - 2) * 0.1;
            }
            parameter.Grad = Tensor.From(values, parameter.Shape);
        }
    }

    /// <summary>The largest difference from the recorded run, relative to values of more than 1.</summary>
    public static double Difference(string name, Func<Tensor[], Optimizer> make)
    {
        Tensor[] parameters = Start();
        Optimizer optimizer = make(parameters);
        long[] kept = Kept;
        double worst = 0;
        for (int step = 0, at = 0; at < kept.Length; step++)
        {
            SetGradients(parameters, step);
            optimizer.Step();
            if (step + 1 != kept[at]) continue;
            JsonElement expected = Recorded.GetProperty("optimizers").GetProperty(name)[at++];
            for (int i = 0; i < parameters.Length; i++)
                worst = Math.Max(worst, Apart(Numbers(expected[i]), parameters[i].ToArray<double>()));
        }
        return worst;
    }

    public static double Apart(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        return expected.Zip(actual, (e, a) => Math.Abs(e - a) / Math.Max(1, Math.Abs(e))).Max();
    }

    private static IEnumerable<double> Places(Shape shape) => Enumerable.Range(0, (int)shape.ElementCount).Select(place => (double)place);

    private static JsonElement Read()
    {
        using Stream file = Assembly.GetExecutingAssembly().GetManifestResourceStream("trajectories.json")!;
        using JsonDocument document = JsonDocument.Parse(file);
        return document.RootElement.Clone();
    }
}
