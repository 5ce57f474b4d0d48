using System.Xml.Linq;
using SkiaSharp;

namespace ChainRule.Plots.Tests;

/// <summary>Whatever is to be drawn, the PNG decodes and the SVG is well formed.</summary>
public sealed class FigureTests
{
    public static TheoryData<string, double[], double[]> Curves => new()
    {
        { "none", [], [] },
        { "one point", [1], [2] },
        { "one point at zero", [0], [0] },
        { "not finite inside", [1, 2, 3, 4], [1, double.NaN, double.PositiveInfinity, 2] },
        { "nothing finite", [1, 2], [double.NaN, double.NegativeInfinity] },
        { "x not finite", [double.NaN, 1, double.PositiveInfinity], [1, 2, 3] },
        { "all equal", [1, 2, 3], [5, 5, 5] },
        { "all zero", [1, 2, 3], [0, 0, 0] },
        { "zeros among others", [1, 2, 3, 4], [1, 0, 0.001, 0] },
        { "huge", [1, 2], [-1e300, 1e300] },
        { "largest", [1, 2], [double.MinValue, double.MaxValue] },
        { "tiny", [1, 2], [double.Epsilon, 1] },
    };

    [Theory, MemberData(nameof(Curves))]
    public void Any_curve_can_be_drawn_on_any_scale(string name, double[] x, double[] y)
    {
        foreach (ValueScale scale in Enum.GetValues<ValueScale>())
        {
            Figure figure = new Figure(name).Add(new CurvePlot(name, "step") { Scale = scale }.Add(new CurveSeries(name, x, y)));
            Assert.Equal((1000, 848), SizeOf(figure));
            Assert.Equal("svg", XDocument.Parse(figure.ToSvg()).Root!.Name.LocalName);
        }
    }

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(1, 1000)]
    [InlineData(3, 3000)]
    public void Plots_stand_side_by_side(int plots, int width)
    {
        var figure = new Figure("title", "subtitle");
        for (int i = 0; i < plots; i++)
            figure.Add(new CurvePlot("plot", "step").Add(new CurveSeries("curve", [1, 2], [3, 4])));
        Assert.Equal((width, 848), SizeOf(figure));
    }

    [Fact]
    public void Without_a_head_the_title_still_names_the_picture()
    {
        var figure = new Figure("what it says", "of what") { HasHead = false };
        // 360 units without the 64 of the head, two pixels each.
        Assert.Equal((1000, 720), SizeOf(figure));
        XDocument svg = XDocument.Parse(figure.ToSvg());
        Assert.Equal(["what it says"], svg.Descendants().Where(element => !element.HasElements && element.Value.Length > 0).Select(element => element.Value));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"]&'><b>")]
    [InlineData("$1 ${name} $$")]
    [InlineData("\u202Eright to left\u200F")]
    [InlineData("nul\0 bell\a new\nline")]
    [InlineData("\uD800 lone")]
    [InlineData("日本語 العربية 🙂")]
    public void Any_name_is_only_text(string name)
    {
        Figure figure = new Figure(name, name).Add(new CurvePlot(name, name).Add(new CurveSeries(name, [1, 2], [3, 4])).Add(new CurveSeries(name, [1, 2], [4, 3])));
        XDocument svg = XDocument.Parse(figure.ToSvg());
        Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName is "script" or "b" or "image");
        Assert.Equal(Legible.Text(name, 100), svg.Root!.Elements().First(element => element.Name.LocalName == "title").Value);
        Assert.Equal(848, SizeOf(figure).Height);
    }

    [Fact]
    public void A_line_leaves_its_colour_where_it_runs()
    {
        // From the lower left to the upper right of the only plot, so the middle is on the line: #0072b2.
        Figure figure = new Figure("t").Add(new CurvePlot("p", "x") { Scale = ValueScale.Linear }.Add(new CurveSeries("c", [0, 1], [0, 1])));
        using SKBitmap bitmap = SKBitmap.Decode(figure.ToPng());
        int coloured = bitmap.Pixels.Count(pixel => pixel is { Red: < 20, Green: > 100 and < 130, Blue: > 160 });
        // A line of two units, four pixels, across some 400 units, 800 pixels.
        Assert.InRange(coloured, 1000, 10_000);
    }

    [Fact]
    public void Long_names_are_cut()
    {
        Figure figure = new Figure(new string('x', 100_000)).Add(new CurvePlot(new string('y', 100_000), new string('z', 100_000)).Add(new CurveSeries(new string('w', 100_000), [1], [1])).Add(new CurveSeries("v", [1], [2])));
        Assert.InRange(figure.ToSvg().Length, 1, 50_000);
    }

    private static (int Width, int Height) SizeOf(Figure figure)
    {
        using SKBitmap bitmap = SKBitmap.Decode(figure.ToPng());
        return (bitmap.Width, bitmap.Height);
    }
}
