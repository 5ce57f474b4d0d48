using System.Globalization;
using ChainRule.Cli.Runs;
using ChainRule.Plots;
using Spectre.Console;

namespace ChainRule.Cli.Display;

/// <summary>A bar for each layer's gradient, a power of ten for each equal step; what has no size says why.</summary>
internal static class GradientBars
{
    private const int LowestDecade = -9, HighestDecade = 1, LongestName = 14;

    /// <summary>Names and bars as markup, of a deep network only as many as fit: the first, and the last.</summary>
    public static IEnumerable<(string Name, string Bar)> Of(StepSample sample, int width, int atMost, bool isUnicode)
    {
        int left = Math.Max(0, sample.Layers.Count - atMost);
        int head = left > 0 ? atMost / 2 : sample.Layers.Count;
        for (int i = 0; i < sample.Layers.Count; i++)
        {
            if (i >= head && i < head + left) continue;
            LayerGradient gradient = sample.Layers[i].Gradient;
            string name = Terminal.OneLine(gradient.Layer);
            yield return (Markup.Escape(name.Length > LongestName ? name[..(LongestName - 1)] + (isUnicode ? "…" : "~") : name), Bar(gradient, width, isUnicode));
        }
    }

    private static string Bar(LayerGradient gradient, int width, bool isUnicode) => gradient.State switch
    {
        GradientState.Missing => "[grey]no gradient[/]",
        GradientState.Zero => "[bold darkorange]all zero[/]",
        GradientState.Underflow => "[bold darkorange]underflow[/]",
        GradientState.NotFinite => "[bold darkorange]NaN or infinite[/]",
        _ => Sized(gradient.Mean, width, isUnicode),
    };

    private static string Sized(double mean, int width, bool isUnicode)
    {
        double share = Math.Clamp((Math.Log10(mean) - LowestDecade) / (HighestDecade - LowestDecade), 0, 1);
        int length = Math.Max(1, (int)Math.Round(share * width));
        return $"[blue]{new string(isUnicode ? '■' : '#', length)}[/]{new string(' ', width - length)} [grey]{mean.ToString("0.0e+0", CultureInfo.InvariantCulture)}[/]";
    }
}
