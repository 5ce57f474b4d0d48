using System.Text;
using ScottPlot;
using SkiaSharp;

namespace ChainRule.Plots;

/// <summary>Plots side by side under a title, as PNG or SVG.</summary>
public sealed partial class Figure
{
    private const int EmptyWidth = 500, EmptyHeight = 360, TitleHeight = 24, Margin = 16;
    private const int PixelsPerUnit = 2;

    private readonly string _title, _subtitle;
    private readonly List<FigurePanel> _plots = [];

    /// <summary>An empty figure.</summary>
    /// <param name="title">What it says, in a sentence.</param>
    /// <param name="subtitle">Of what, in smaller letters.</param>
    public Figure(string title, string subtitle = "") => (_title, _subtitle) = (Legible.Text(title, 100), Legible.Text(subtitle, 150));

    /// <summary>Whether title and subtitle are drawn above the plots; without them the title still names an SVG for those who cannot see it.</summary>
    public bool HasHead { get; init; } = true;

    private int HeadHeight => HasHead ? 64 : 0;

    private int Width => _plots.Count == 0 ? EmptyWidth : _plots.Sum(plot => plot.Width);

    private int Height => (_plots.Count == 0 ? EmptyHeight : _plots.Max(plot => plot.Height)) + HeadHeight;

    /// <summary>The same plots without title and subtitle above them, for a page that says them itself.</summary>
    public Figure WithoutHead()
    {
        var figure = new Figure(_title, _subtitle) { HasHead = false };
        figure._plots.AddRange(_plots);
        return figure;
    }

    /// <summary>Adds a plot to the right of the others.</summary>
    /// <returns>This figure.</returns>
    public Figure Add(FigurePanel plot)
    {
        ArgumentNullException.ThrowIfNull(plot);
        _plots.Add(plot);
        return this;
    }

    /// <summary>The figure as a PNG picture, with two pixels for each unit, for sharp screens.</summary>
    public byte[] ToPng()
    {
        using var surface = SKSurface.Create(new SKImageInfo(Width * PixelsPerUnit, Height * PixelsPerUnit));
        surface.Canvas.Scale(PixelsPerUnit);
        Draw(surface.Canvas);
        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>The figure as an SVG document.</summary>
    public string ToSvg()
    {
        using var stream = new MemoryStream();
        using (SKCanvas canvas = SKSvgCanvas.Create(SKRect.Create(Width, Height), stream))
            Draw(canvas);
        return SvgText.Tidy(Encoding.UTF8.GetString(stream.ToArray()), _title, string.Join(" ", _plots.Select(plot => plot.Describe()).Where(text => text.Length > 0)));
    }

    private void Draw(SKCanvas canvas)
    {
        Typefaces.Require();
        canvas.Clear(SKColors.White);
        using Paint paint = Paint.NewDisposablePaint();
        if (HasHead)
        {
            Write(canvas, paint, _title, 18, Palette.Ink, Margin, Margin, bold: true);
            Write(canvas, paint, _subtitle, 12, Palette.Soft, Margin, Margin + 27);
        }
        float left = 0;
        foreach (FigurePanel plot in _plots)
        {
            Draw(canvas, paint, plot, left);
            left += plot.Width;
        }
    }

    private void Draw(SKCanvas canvas, Paint paint, FigurePanel panel, float left)
    {
        Write(canvas, paint, panel.Title, 13, Palette.Ink, left + Margin, HeadHeight + 8, bold: true);
        using Plot plot = panel.Draw();
        // The first drawing of a plot only measures; on a canvas that cannot forget, both would show.
        plot.RenderInMemory(panel.Width, panel.Height);
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        plot.Render(canvas, new PixelRect(left + Margin / 2, left + panel.Width - Margin / 2, HeadHeight + panel.Height - Margin / 2, HeadHeight + TitleHeight));
        panel.Decorate(canvas, paint, plot.RenderManager.LastRender.DataRect);
    }

    internal static void Write(SKCanvas canvas, Paint paint, string text, float size, Color colour, float x, float y, bool bold = false)
    {
        var label = new LabelStyle { Text = text, FontName = Typefaces.Family, FontSize = size, Bold = bold, ForeColor = colour };
        if (!Fonts.GetTypeface(Typefaces.Family, bold, italic: false).ContainsGlyphs(text))
            label.SetBestFont();
        label.Render(canvas, new Pixel(x, y), paint);
    }
}
