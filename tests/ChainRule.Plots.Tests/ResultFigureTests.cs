using System.Xml.Linq;

namespace ChainRule.Plots.Tests;

public sealed class ResultFigureTests
{
    [Fact]
    public void Losses_come_whole_and_recent_with_an_envelope()
    {
        string svg = Figure.OfLoss([.. Enumerable.Range(1, 1000).Select(step => 1.0 / step)], [(500, 0.1), (1000, 0.05)]).ToSvg();
        XDocument document = XDocument.Parse(svg);
        string[] texts = Texts(document);
        Assert.Contains("All steps", texts);
        Assert.Contains("The last 200 steps", texts);
        Assert.Equal(2, texts.Count(text => text == "test"));
        // The recent part has an axis of its own, which does not begin at zero.
        Assert.Contains(texts, text => text is "810" or "820" or "840" or "850");
    }

    [Fact]
    public void An_envelope_holds_each_spike_and_the_mean_of_its_stretch()
    {
        double[] values = new double[1000];
        values[420] = 7;
        values[421] = double.NaN;
        CurveSeries curve = Envelope.Of("loss", values, 1, 20);
        // Steps 401 to 450, of which one is no number.
        Assert.Equal(425.5, curve.X[8]);
        Assert.Equal(7.0 / 49, curve.Y[8], 1e-12);
        Assert.Equal((0.0, 7.0), (curve.Low![8], curve.High![8]));
        Assert.Equal(0, curve.High![7]);
    }

    [Fact]
    public void A_band_needs_both_sides_of_each_point()
    {
        var plot = new CurvePlot("p", "x");
        Assert.Throws<ArgumentException>(() => plot.Add(new CurveSeries("c", [1, 2], [1, 2]) { Low = [0] }));
        Assert.Throws<ArgumentException>(() => plot.Add(new CurveSeries("c", [1, 2], [1, 2]) { Low = [0, 1] }));
    }

    [Fact]
    public void A_confusion_matrix_shows_counts_and_says_them()
    {
        XDocument svg = XDocument.Parse(Figure.OfConfusion(["cat", "dog"], new long[,] { { 17, 3 }, { 0, 23 } }).ToSvg());
        string[] texts = Texts(svg);
        Assert.Equal(["17", "23", "3"], texts.Where(text => text is "17" or "3" or "23" or "0").Order());
        Assert.Contains("40 of 43 right, on the diagonal", texts);
        Assert.Contains("cat: 17 of 20 right", svg.Root!.Elements().Single(element => element.Name.LocalName == "desc").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_of_other_classes_are_refused() => Assert.Throws<ArgumentException>(() => Figure.OfConfusion(["cat"], new long[2, 2]));

    [Fact]
    public void Shares_are_written_in_percent_and_marked_cells_framed()
    {
        double[,] values = { { 0.25, 0.004 }, { 1, double.NaN } };
        XDocument plain = XDocument.Parse(Figure.OfShares("t", "s", Grid([])).ToSvg()), framed = XDocument.Parse(Figure.OfShares("t", "s", Grid([(1, 0)])).ToSvg());
        Assert.Equal([".4", "100", "25"], Texts(plain).Where(text => text is ".4" or "100" or "25" or "NaN" or "0").Order(StringComparer.Ordinal));
        Assert.True(framed.Descendants().Count() > plain.Descendants().Count());

        ValueGrid Grid((int, int)[] marked) => new("g", ["a", "b"], ["c", "d"], "x", values, marked);
    }

    [Fact]
    public void Shares_without_a_name_for_each_row_and_column_are_refused() =>
        Assert.Throws<ArgumentException>(() => Figure.OfShares("t", "s", new ValueGrid("g", ["a"], ["c", "d"], "x", new double[2, 2], [])));

    [Fact]
    public void A_boundary_lies_where_the_classifier_puts_it()
    {
        // Class 1 to the right of x = 0, surely: half of the cells are of each class, so each row is two rectangles.
        Figure figure = Figure.OfDecisionBoundary([(-1, -1, 0), (1, 1, 1)],
            x => { Tensor right = (x.Slice(1, 0, 1) > 0f).To(DType.Float32); return Tensor.Concat([1 - right, right], 1); }, ["left", "right"]);
        XDocument svg = XDocument.Parse(figure.ToSvg());
        XElement[] cells = [.. svg.Descendants().Where(element => element.Name.LocalName == "rect")];
        Assert.InRange(cells.Length, 180, 200);
        string[] colours = [.. cells.Select(cell => (string?)cell.Attribute("fill") ?? "").GroupBy(colour => colour).Where(group => group.Count() == 90).Select(group => group.Key)];
        Assert.Equal(2, colours.Length);
    }

    [Fact]
    public void A_boundary_of_wrong_shape_or_class_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Figure.OfDecisionBoundary([(0, 0, 0)], x => x.Slice(1, 0, 1), ["a", "b"]));
        Assert.Throws<ArgumentException>(() => Figure.OfDecisionBoundary([(0, 0, 2)], x => x, ["a", "b"]));
    }

    [Fact]
    public void Differences_err_as_numerical_analysis_says()
    {
        DifferenceErrors errors = DifferenceErrors.Of(x => x.Exp(), 1);
        int At(double step) => errors.Steps.Index().MinBy(one => Math.Abs(Math.Log10(one.Item / step))).Index;
        // The series of a central difference: relative error h^2 / 6 where rounding does not matter.
        Assert.Equal(1e-4 / 6, errors.InFloat64[At(1e-2)], 1e-8);
        Assert.Equal(1e-2 / 6, errors.InFloat32[At(0.1)], 1e-4);
        // The best step is about the cube root of the unit of rounding, its error about that squared.
        Assert.InRange(errors.InFloat64.Min(), 1e-16, 1e-9);
        Assert.InRange(errors.InFloat32.Min(), 1e-10, 1e-3);
        Assert.True(errors.ByRidders[At(0.1)] < 1e-10);
        // Too small a step: 1 + h is 1.
        Assert.Equal(1, errors.InFloat32[0], 1e-12);
    }

    [Fact]
    public void A_V_curve_names_its_three_ways()
    {
        string[] texts = Texts(XDocument.Parse(Figure.OfGradientCheck(DifferenceErrors.Of(x => x.Exp(), 1)).ToSvg()));
        Assert.All(new[] { "float32, central difference", "float64, central difference", "float64, Ridders from h" }, name => Assert.Contains(name, texts));
    }

    private static string[] Texts(XDocument svg) => [.. svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim())];
}
