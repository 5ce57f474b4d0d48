using System.Globalization;
using ChainRule.Cli.Runs;
using ChainRule.Plots;
using Spectre.Console;

namespace ChainRule.Cli.Display;

/// <summary>A bar for each layer's gradient, a power of ten for each equal step, and how far its steps move the weights; what has no size says why.</summary>
internal static class GradientBars
{
    /// <summary>The powers of ten that the bars reach from and to.</summary>
    public const int LowestDecade = -6, HighestDecade = 3;

    private const int LongestName = 14;

    /// <summary>Names, bars and ratios as markup, of a deep network only as many as fit: the first, and the last.</summary>
    public static IEnumerable<(string Name, string Bar, string Ratio)> Of(StepSample sample, int width, int atMost, bool isUnicode)
    {
        bool fits = sample.Layers.Count <= atMost;
        int head = fits ? sample.Layers.Count : atMost / 2, tail = fits ? 0 : atMost - head - 1, left = sample.Layers.Count - head - tail;
        for (int i = 0; i < sample.Layers.Count; i++)
        {
            if (i == head && left > 0)
                yield return ($"[grey]{left} more[/]", "", "");
            if (i >= head && i < head + left) continue;
            LayerSample layer = sample.Layers[i];
            string name = Terminal.OneLine(layer.Gradient.Layer);
            yield return (Markup.Escape(name.Length > LongestName ? name[..(LongestName - 1)] + (isUnicode ? "…" : "~") : name), Bar(layer, width, isUnicode), Ratio(layer.UpdateRatio));
        }
    }

    private static string Bar(LayerSample layer, int width, bool isUnicode) => layer.Gradient.State switch
    {
        GradientState.Missing => "[grey]no gradient[/]",
        GradientState.Zero => "[bold darkorange]all zero[/]",
        GradientState.Underflow => "[bold darkorange]underflow[/]",
        GradientState.NotFinite => "[bold darkorange]NaN or infinite[/]",
        _ => Sized(layer.GradientNorm, width, isUnicode),
    };

    private static string Sized(double norm, int width, bool isUnicode)
    {
        double share = Math.Clamp((Math.Log10(norm) - LowestDecade) / (HighestDecade - LowestDecade), 0, 1);
        int length = Math.Max(1, (int)Math.Round(share * width));
        return $"[blue]{new string(isUnicode ? '■' : '#', length)}[/]{new string(' ', width - length)} [grey]{Short(norm)}[/]";
    }

    // Far from a thousandth stands out: beyond a tenth weights are thrown about, and below a millionth they stand still.
    private static string Ratio(double ratio) => double.IsNaN(ratio) ? "" : ratio is > 0.1 or < 1e-6 ? $"[bold darkorange]{Short(ratio)}[/]" : $"[grey]{Short(ratio)}[/]";

    private static string Short(double value) => value.ToString("0.0e+0", CultureInfo.InvariantCulture);
}
