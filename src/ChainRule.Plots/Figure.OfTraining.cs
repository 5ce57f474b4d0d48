using System.Globalization;

namespace ChainRule.Plots;

public sealed partial class Figure
{
    private const int Stretches = 150;

    /// <summary>The loss of each step as mean and range, over the whole training and over its last part on a scale of its own.</summary>
    /// <param name="losses">The loss of each step, from step 1.</param>
    /// <param name="tests">Losses on the test part and the steps after which they were measured.</param>
    /// <param name="title">What the figure says.</param>
    public static Figure OfLoss(IReadOnlyList<double> losses, IReadOnlyList<(long Step, double Loss)>? tests = null, string title = "Loss")
    {
        ArgumentNullException.ThrowIfNull(losses);
        double[] all = [.. losses];
        int recent = Math.Max(Math.Min(all.Length, 20), all.Length / 5);
        return new Figure(title, "line: mean of neighbouring steps; band: their lowest and highest")
            .Add(LossPanel("All steps", all, 0, tests ?? []))
            .Add(LossPanel($"The last {recent.ToString("N0", CultureInfo.InvariantCulture)} steps", all, all.Length - recent, tests ?? []));
    }

    /// <summary>The share of examples that are right, from the least to 100 %.</summary>
    /// <param name="curves">A name and the shares after each epoch, from epoch 1.</param>
    public static Figure OfAccuracy(params IReadOnlyList<(string Name, IReadOnlyList<double> Shares)> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        var plot = new CurvePlot("Accuracy", "epoch") { Scale = ValueScale.Percent };
        foreach ((string name, IReadOnlyList<double> shares) in curves)
            plot.Add(new CurveSeries(name, [.. shares.Select((_, i) => i + 1.0)], shares) { HasMarkers = true });
        return new Figure("Accuracy").Add(plot);
    }

    /// <summary>How far each step moves a layer's weights, relative to them: about 0.001 is usual.</summary>
    /// <param name="steps">The steps that were looked at.</param>
    /// <param name="layers">Each layer's ratio of the norm of the update to the norm of the weights, at each of those steps.</param>
    public static Figure OfUpdateRatios(IReadOnlyList<long> steps, IReadOnlyList<(string Layer, IReadOnlyList<double> Ratios)> layers)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(layers);
        var plot = new CurvePlot("Norm of the update by norm of the weights", "step") { Scale = ValueScale.Logarithmic, Band = (1e-4, 1e-2, "usual"), PanelWidth = 1000 };
        foreach ((string layer, IReadOnlyList<double> ratios) in layers)
            plot.Add(new CurveSeries(layer, [.. steps.Select(step => (double)step)], ratios));
        return new Figure("Update-to-weight ratio", "shaded: about a thousandth, the usual").Add(plot);
    }

    /// <summary>The loss at growing learning rates; the one to take lies where it falls fastest.</summary>
    /// <param name="rates">The learning rates.</param>
    /// <param name="losses">The loss at each.</param>
    /// <param name="suggested">The rate to mark, or NaN.</param>
    public static Figure OfLearningRateTest(IReadOnlyList<double> rates, IReadOnlyList<double> losses, double suggested = double.NaN)
    {
        ArgumentNullException.ThrowIfNull(rates);
        ArgumentNullException.ThrowIfNull(losses);
        // Where the loss explodes its size says nothing, and would flatten what does.
        double start = losses.FirstOrDefault(double.IsFinite, 1), lowest = losses.Where(double.IsFinite).DefaultIfEmpty(0).Min();
        double ceiling = start + 2 * Math.Max(start - lowest, 1e-12);
        (double First, double Second)[] shown = [.. rates.Zip(losses).TakeWhile(point => double.IsFinite(point.Second) && point.Second <= ceiling)];
        CurvePlot plot = new CurvePlot("Loss while the learning rate grows", "learning rate")
        {
            IsXLogarithmic = true,
            Scale = ValueScale.Linear,
            PanelWidth = 640,
            Mark = double.IsFinite(suggested) ? (suggested, $"take {Rate(suggested)} ") : null,
        };
        return new Figure("Learning rate test").Add(plot.Add(new CurveSeries("loss", [.. shown.Select(point => point.First)], [.. shown.Select(point => point.Second)])));
    }

    // Two digits that matter; as people write it where that is short: 0.38, 0.01, 3, but 2.0e-5.
    private static string Rate(double rate)
    {
        if (!(rate is >= 1e-3 and < 10)) return rate.ToString("0.0e+0", CultureInfo.InvariantCulture);
        return decimal.Parse(rate.ToString("0.0e+0", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture).ToString("0.####", CultureInfo.InvariantCulture);
    }

    private static CurvePlot LossPanel(string title, double[] all, int from, IReadOnlyList<(long Step, double Loss)> tests)
    {
        (long Step, string Kind)[] bad = [.. Enumerable.Range(from, all.Length - from).Where(i => !double.IsFinite(all[i])).Select(i => (i + 1L, double.IsNaN(all[i]) ? "NaN" : "infinite"))];
        CurvePlot plot = new CurvePlot(title, "step")
        {
            IsRecent = from > 0,
            End = all.Length == 0 ? double.NaN : all.Length,
            Mark = bad.Length == 0 ? null : (bad[0].Step, string.Create(CultureInfo.InvariantCulture, $"{bad[0].Kind} at step {bad[0].Step:N0} ")),
            Words = bad.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{title}: the loss is not a finite number at {bad.Length:N0} of {all.Length - from:N0} steps, which are not drawn; the first, at step {bad[0].Step:N0}, is {bad[0].Kind}."),
        }.Add(Envelope.Of("train", all.AsSpan(from), from + 1, Stretches));
        (long Step, double Loss)[] shown = [.. tests.Where(test => test.Step > from)];
        return shown.Length == 0 ? plot : plot.Add(new CurveSeries("test", [.. shown.Select(test => (double)test.Step)], [.. shown.Select(test => test.Loss)]) { HasMarkers = true });
    }
}
