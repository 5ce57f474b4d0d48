using ScottPlot;

namespace ChainRule.Plots;

/// <summary>One picture of a <see cref="Figure"/>, with a title above it.</summary>
public abstract class FigurePanel
{
    private protected FigurePanel(string title) => Title = Legible.Text(title, 90);

    /// <summary>What it shows.</summary>
    public string Title { get; }

    internal virtual int Width => 500;

    internal virtual int Height => 360;

    /// <summary>The panel as ScottPlot draws it.</summary>
    internal abstract Plot Draw();

    /// <summary>Draws what lies beside the axes, when the place of the area between them is known.</summary>
    internal virtual void Decorate(SkiaSharp.SKCanvas canvas, Paint paint, PixelRect area)
    {
    }

    /// <summary>What the picture says, for those who cannot see it; empty if its title is enough.</summary>
    internal virtual string Describe() => "";
}
