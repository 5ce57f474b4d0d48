using ChainRule.Cli.Runs;
using ChainRule.Plots;

namespace ChainRule.Cli.Output;

/// <summary>What was seen of the layers, as figures for the report.</summary>
internal static class LayerCharts
{
    private const int HistogramsAtMost = 4, CurvesAtMost = 8;

    /// <summary>Headings, what each figure says, and the figures; none if nothing was seen.</summary>
    public static IEnumerable<(string Heading, string Text, Figure Figure)> Of(RunRecord run)
    {
        if (run.Samples.Count == 0) yield break;
        int layers = run.Samples[0].Layers.Count;
        yield return ("Loss, step by step", "The line is the mean of neighbouring steps, the band their lowest and highest.",
            Figure.OfLoss(run.StepLosses, [.. run.Epochs.Select(epoch => (epoch.Steps, epoch.TestLoss))]));
        yield return ("Gradient flow over time", "How large each layer's gradient was. Rows that turn dark toward the input vanish; a row without colour gets nothing to learn from.",
            Figure.OfGradientFlowOverTime([.. run.Samples.Select(sample => new GradientSample(sample.Step, [.. sample.Layers.Select(layer => layer.Gradient)]))]));
        yield return ("Gradient flow at the end", $"Step {Figures.Count(run.Samples[^1].Step)}.", Figure.OfGradientFlow([.. run.Samples[^1].Layers.Select(layer => layer.Gradient)]));
        yield return ("Update-to-weight ratio", "How far a step moves the weights, relative to them. About a thousandth is usual: much more and the steps may be too large, much less and little is learned."
            + (layers > CurvesAtMost ? $" Of {layers} layers {CurvesAtMost} are drawn." : ""),
            Figure.OfUpdateRatios([.. run.Samples.Select(sample => sample.Step)], [.. Chosen(layers, CurvesAtMost).Select(layer => (NameOf(run, layer), (IReadOnlyList<double>)[.. run.Samples.Select(sample => sample.Layers[layer].UpdateRatio)]))]));
        foreach (int layer in Chosen(layers, HistogramsAtMost))
            yield return ($"Weights of {NameOf(run, layer)}", "", Figure.OfHistograms(NameOf(run, layer), [.. run.Samples.Select(sample => (sample.Step, sample.Layers[layer].Weights))]));
    }

    private static string NameOf(RunRecord run, int layer) => run.Samples[0].Layers[layer].Gradient.Layer;

    private static IEnumerable<int> Chosen(int all, int atMost) => all <= atMost ? Enumerable.Range(0, all) : Enumerable.Range(0, atMost).Select(i => i * (all - 1) / (atMost - 1));
}
