using ScottPlot;
using SkiaSharp;

namespace ChainRule.Plots;

/// <summary>The font of the plots, which comes with them: many servers have none, and pictures look the same everywhere.</summary>
internal sealed class Typefaces : IFontResolver
{
    public const string Family = "Inter";

    private static readonly Lazy<bool> _installed = new(Install);

    /// <summary>Makes the font known to ScottPlot, once.</summary>
    public static void Require() => _ = _installed.Value;

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Family ? Load(weight >= FontWeight.SemiBold ? "Inter-SemiBold.otf" : "Inter-Regular.otf") : null;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        CreateTypeface(fontName, bold ? FontWeight.Bold : FontWeight.Normal, FontSlant.Upright, FontSpacing.Normal);

    private static bool Install()
    {
        lock (Fonts.FontResolvers)
            Fonts.FontResolvers.Insert(0, new Typefaces());
        return true;
    }

    private static SKTypeface Load(string file)
    {
        using Stream stream = typeof(Typefaces).Assembly.GetManifestResourceStream(file) ?? throw new InvalidOperationException($"The font {file} is missing from {typeof(Typefaces).Assembly.GetName().Name}.");
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}
