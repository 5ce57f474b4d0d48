using ChainRule.Nn;
using ChainRule.Optim;
using ChainRule.Shared;
using SkiaSharp;

namespace ChainRule.Plots.Tests;

/// <summary>The pictures of docs/how-to/plots.md, from two small trainings; <c>tools/plot-pictures</c> writes them anew.</summary>
public sealed class GalleryTests
{
    private const int Steps = 600;

    [Fact]
    public void Every_picture_of_the_gallery_can_be_drawn()
    {
        foreach ((string name, Figure figure) in Pictures())
        {
            byte[] png = figure.ToPng();
            using SKBitmap bitmap = SKBitmap.Decode(png);
            // What is drawn is more than a white sheet.
            Assert.True(bitmap.Pixels.Distinct().Take(20).Count() == 20, name);
            if (Environment.GetEnvironmentVariable("CHAINRULE_WRITE_PAGES") == "1")
                File.WriteAllText(Path.Combine(SolutionFolder.Path, "docs", "images", $"plot-{name}.svg"), figure.ToSvg());
        }
    }

    private static IEnumerable<(string Name, Figure Figure)> Pictures()
    {
        var key = new RandomKey(1);
        (Tensor inputs, Tensor labels, List<(double X, double Y, int Class)> points) = Moons(key.Child(0));
        Sequential model = Deep(key.Child(1), 3, 16);
        var optimizer = new Adam(model.Parameters(), 0.01);
        LearningRateTest test = LearningRateTest.Run(new Sgd(model.Parameters(), 0.1), () => Loss.CrossEntropy(model.Forward(inputs), labels), 1e-4, 100, 120);
        yield return ("learning-rate", Figure.OfLearningRateTest(test.Rates, test.Smoothed, test.Suggested));

        var losses = new List<double>();
        var weights = new List<(long, ValueCounts)>();
        for (int step = 1; step <= Steps; step++)
        {
            Tensor batch = Tensor.RandomIntegers([32], key.Child(2).Child(step), 0, 300);
            Tensor loss = Loss.CrossEntropy(model.Forward(inputs.Take(batch)), labels.Take(batch));
            optimizer.ZeroGrad();
            loss.Backward();
            optimizer.Step();
            losses.Add(loss.Item<double>());
            if (step % 10 == 1)
                weights.Add((step, ValueCounts.Of(model.NamedParameters()[2].Value.Detach().ToArray<float>())));
        }
        yield return ("loss", Figure.OfLoss(losses));
        yield return ("weights", Figure.OfHistograms("Weights of the second layer", weights));
        yield return ("ridges", Figure.OfHistograms("Weights of the second layer", weights, asRidges: true));
        yield return ("boundary", Figure.OfDecisionBoundary(points, x => model.Forward(x).Softmax(1), ["upper moon", "lower moon"]));
        yield return ("gradient-check", Figure.OfGradientCheck(DifferenceErrors.Of(x => (x.Sin() * x).Exp(), 1.3)));
        yield return ("confusion", Figure.OfConfusion(["ankle boot", "bag", "coat", "dress", "pullover"], new long[,] { { 954, 2, 0, 1, 3 }, { 4, 968, 5, 8, 6 }, { 0, 3, 811, 42, 98 }, { 0, 5, 31, 892, 17 }, { 1, 8, 88, 14, 847 } }));
        foreach ((string name, Figure figure) in Flows(key.Child(3), inputs, labels))
            yield return (name, figure);
    }

    /// <summary>Twelve sigmoid layers, whose gradient fades toward the input, with one layer switched off at half time and a broken one at the end.</summary>
    private static IEnumerable<(string Name, Figure Figure)> Flows(RandomKey key, Tensor inputs, Tensor labels)
    {
        var model = new Sequential();
        for (int i = 0; i < 10; i++)
        {
            model.Add(new Linear(i == 0 ? 2 : 12, i == 9 ? 2 : 12, key.Child(i)));
            if (i < 9) model.Add(new Sigmoid());
        }
        var optimizer = new Adam(model.Parameters(), 0.01);
        (string Name, Tensor Value)[] layers = [.. model.NamedParameters().Where(parameter => parameter.Value.Rank == 2)];
        var samples = new List<GradientSample>();
        for (int step = 1; step <= 240; step++)
        {
            optimizer.ZeroGrad();
            Loss.CrossEntropy(model.Forward(inputs), labels).Backward();
            if (step % 4 == 1)
                samples.Add(new GradientSample(step, [.. layers.Select((layer, i) => Seen(layer.Name, layer.Value.Grad!.ToArray<float>(), i, step))]));
            optimizer.Step();
        }
        yield return ("gradient-flow", Figure.OfGradientFlow(samples[^1].Layers));
        yield return ("gradient-flow-over-time", Figure.OfGradientFlowOverTime(samples));
    }

    // Faults for the picture's sake: a frozen layer, a dead one and one with an overflow.
    private static LayerGradient Seen(string name, float[] gradient, int layer, int step) => (layer, step) switch
    {
        (2, > 120) => LayerGradient.None(name),
        (4, > 160) => LayerGradient.Of(name, new float[gradient.Length]),
        (9, > 200) => LayerGradient.Of(name, [.. gradient.Select((value, i) => i % 8 == 0 ? float.NaN : value)]),
        _ => LayerGradient.Of(name, gradient),
    };

    private static Sequential Deep(RandomKey key, int layers, int width)
    {
        var model = new Sequential();
        for (int i = 0; i < layers; i++)
        {
            model.Add(new Linear(i == 0 ? 2 : width, i == layers - 1 ? 2 : width, key.Child(i)));
            if (i < layers - 1) model.Add(new Tanh());
        }
        return model;
    }

    private static (Tensor Inputs, Tensor Labels, List<(double X, double Y, int Class)> Points) Moons(RandomKey key)
    {
        float[] noise = Tensor.Normal([300, 2], key).ToArray<float>();
        var points = new List<(double X, double Y, int Class)>();
        for (int i = 0; i < 300; i++)
        {
            (double angle, int side) = (Math.PI * (i / 2) / 150, i % 2);
            points.Add((side + (1 - 2 * side) * Math.Cos(angle) + 0.15 * noise[2 * i], 0.5 * side + (1 - 2 * side) * Math.Sin(angle) + 0.15 * noise[2 * i + 1], side));
        }
        return (Tensor.From<float>([.. points.SelectMany(point => new[] { (float)point.X, (float)point.Y })], [300, 2]), Tensor.From<long>([.. points.Select(point => (long)point.Class)]), points);
    }
}
