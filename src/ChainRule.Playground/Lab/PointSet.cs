namespace ChainRule.Playground.Lab;

/// <summary>The points of some settings, mixed, those to train on first. Made by the engine's own operations, so that they have the same bits everywhere.</summary>
public sealed class PointSet
{
    private PointSet(IReadOnlyList<LabelledPoint> points, int trained)
    {
        (All, Trained) = (points, trained);
        Classes = Math.Max(2, points.Max(point => point.Label) + 1);
    }

    public IReadOnlyList<LabelledPoint> All { get; }

    /// <summary>How many of the first points are trained on; the others are for testing.</summary>
    public int Trained { get; }

    public int Classes { get; }

    public static PointSet Of(Settings settings)
    {
        RandomKey key = new RandomKey(settings.Seed).Child(0);
        if (settings.Data == DataKind.Xor)
            return new([new(-0.8f, -0.8f, 0), new(-0.8f, 0.8f, 1), new(0.8f, -0.8f, 1), new(0.8f, 0.8f, 0)], 4);
        LabelledPoint[] points = settings.Data == DataKind.Own ? [.. settings.Own] : Noisy(Clean(settings, key.Child(0)), settings.Noise, key.Child(1));
        long[] order = Tensor.Permutation(points.Length, key.Child(2)).ToArray<long>();
        int trained = Math.Clamp(points.Length * settings.TrainShare / 100, 1, points.Length);
        return new([.. order.Select(place => points[place])], trained);
    }

    /// <summary>The positions, [count, 2].</summary>
    public Tensor Inputs(int start, int end) =>
        Tensor.From(All.Skip(start).Take(end - start).SelectMany(point => new[] { point.X, point.Y }).ToArray(), [end - start, 2]);

    private static LabelledPoint[] Clean(Settings settings, RandomKey key)
    {
        int half = settings.Count / 2, third = settings.Count / 3;
        return settings.Data switch
        {
            DataKind.Circle => [.. Ring(half, 0, 0.45, 0, key.Child(0)), .. Ring(half, 0.65, 1, 1, key.Child(1))],
            DataKind.Clouds => Clouds(settings.Count, key),
            DataKind.Gauss => [.. Cloud(half, -0.45, -0.45, 0, key.Child(0)), .. Cloud(half, 0.45, 0.45, 1, key.Child(1))],
            DataKind.Moons => [.. Moon(half, false, key.Child(0)), .. Moon(half, true, key.Child(1))],
            DataKind.Spiral => [.. Arm(half, 0, 0, key.Child(0)), .. Arm(half, Math.PI, 1, key.Child(1))],
            _ => [.. Enumerable.Range(0, 3).SelectMany(arm => Arm(third, arm * 2 * Math.PI / 3, arm, key.Child(arm)))],
        };
    }

    private static LabelledPoint[] Ring(int count, double low, double high, int label, RandomKey key)
    {
        Tensor radius = Tensor.Uniform([count], key.Child(0), low, high), angle = Tensor.Uniform([count], key.Child(1), 0, 2 * Math.PI);
        return Points(radius * angle.Cos(), radius * angle.Sin(), _ => label);
    }

    private static LabelledPoint[] Clouds(int count, RandomKey key)
    {
        Tensor x = Tensor.Uniform([count], key.Child(0), -1, 1), y = Tensor.Uniform([count], key.Child(1), -1, 1);
        float[] xs = x.ToArray<float>(), ys = y.ToArray<float>();
        return Points(x, y, i => xs[i] * ys[i] < 0 ? 1 : 0);
    }

    private static LabelledPoint[] Cloud(int count, double x, double y, int label, RandomKey key) =>
        Points(Tensor.Normal([count], key.Child(0), x, 0.18), Tensor.Normal([count], key.Child(1), y, 0.18), _ => label);

    private static LabelledPoint[] Moon(int count, bool isLower, RandomKey key)
    {
        Tensor angle = Tensor.Uniform([count], key, 0, Math.PI);
        return isLower
            ? Points(0.3f - angle.Cos() * 0.6f, 0.2f - angle.Sin() * 0.6f, _ => 1)
            : Points(angle.Cos() * 0.6f - 0.3f, angle.Sin() * 0.6f - 0.2f, _ => 0);
    }

    private static LabelledPoint[] Arm(int count, double turn, int label, RandomKey key)
    {
        Tensor radius = Tensor.Uniform([count], key, 0.05, 1);
        Tensor angle = radius * (float)(1.6 * 2 * Math.PI) + (float)turn;
        return Points(radius * angle.Sin(), radius * angle.Cos(), _ => label);
    }

    private static LabelledPoint[] Points(Tensor x, Tensor y, Func<int, int> label)
    {
        float[] xs = x.ToArray<float>(), ys = y.ToArray<float>();
        return [.. xs.Select((value, i) => new LabelledPoint(value, ys[i], label(i)))];
    }

    private static LabelledPoint[] Noisy(LabelledPoint[] points, double noise, RandomKey key)
    {
        if (noise == 0) return points;
        float[] added = Tensor.Normal([points.Length, 2], key, 0, noise).ToArray<float>();
        return [.. points.Select((point, i) => new LabelledPoint(point.X + added[2 * i], point.Y + added[2 * i + 1], point.Label))];
    }
}
