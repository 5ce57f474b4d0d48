using System.Xml.Linq;
using ChainRule.Inspect;
using ChainRule.Nn;

namespace ChainRule.Plots.Tests;

/// <summary>Gradients as pictures: each state is told from the others, in words and in colour.</summary>
public sealed class GradientFigureTests
{
    private const string Viridis0 = "#440154";

    private static readonly LayerGradient[] _layers =
    [
        LayerGradient.Of("fine", [1e-3f, -2e-3f, 3e-3f]),
        LayerGradient.Of("zero", [0f, -0f]),
        LayerGradient.Of("tiny", [1e-40f, 0f]),
        LayerGradient.Of("broken", [1f, float.NaN, 2f, 3f]),
        LayerGradient.None("cut"),
    ];

    [Fact]
    public void Each_state_is_recognised() => Assert.Equal(
        [GradientState.Usual, GradientState.Zero, GradientState.Underflow, GradientState.NotFinite, GradientState.Missing], _layers.Select(layer => layer.State));

    [Fact]
    public void What_a_doctor_has_read_is_what_the_values_give()
    {
        foreach ((LayerGradient expected, float[]? gradient) in _layers.Zip([[1e-3f, -2e-3f, 3e-3f], [0f, -0f], [1e-40f, 0f], [1f, float.NaN, 2f, 3f], (float[]?)null]))
        {
            var layer = new Linear(gradient?.Length ?? 2, 1, new RandomKey(1), bias: false);
            layer.Weight.Value.Grad = gradient is null ? null : Tensor.From<float>(gradient, [1, gradient.Length]);
            using var doctor = new GradientDoctor(layer);
            doctor.Watch(1.0);
            LayerGradient read = LayerGradient.Of(doctor.Readings[0].Layers[0]);
            Assert.Equal(("weight", expected.State), (read.Layer, read.State));
            Assert.Equal([expected.Mean, expected.Largest, expected.ZeroShare, expected.NotFiniteShare], [read.Mean, read.Largest, read.ZeroShare, read.NotFiniteShare]);
        }
    }

    [Fact]
    public void Each_state_is_written_beside_its_layer()
    {
        XDocument svg = XDocument.Parse(Figure.OfGradientFlow(_layers).ToSvg());
        string[] texts = Texts(svg);
        Assert.All(new[] { "fine", "zero", "tiny", "broken", "cut", "all zero", "no gradient", "NaN or infinite: 25 %" }, word => Assert.Contains(word, texts));
        Assert.Contains(texts, text => text.StartsWith("underflow, at most 1.0e-40", StringComparison.Ordinal));
        string description = svg.Root!.Elements().Single(element => element.Name.LocalName == "desc").Value;
        Assert.Contains("fine: mean 2.0e-3", description, StringComparison.Ordinal);
    }

    [Fact]
    public void The_axis_is_logarithmic_and_has_bands()
    {
        string[] texts = Texts(XDocument.Parse(Figure.OfGradientFlow(_layers).ToSvg()));
        Assert.Contains("0.01", texts);
        Assert.Contains("0.0001", texts);
        Assert.Contains("large", texts);
        Assert.Contains(texts, text => text.StartsWith("lost beside", StringComparison.Ordinal));
    }

    [Fact]
    public void A_heat_map_gives_each_state_its_colour()
    {
        string svg = Figure.OfGradientFlowOverTime([new GradientSample(1, _layers), new GradientSample(2, _layers)]).ToSvg().ToLowerInvariant();
        // Of the only usual layer the lowest decade is the darkest: 2e-3 is at a third between 1e-3 and 1e-2, above it.
        Assert.All(new[] { "#d55e00", "#b9c0c7", "#7d8790" }, colour => Assert.True(svg.Split(colour).Length > 2, colour));
        Assert.Contains(Viridis0, svg, StringComparison.Ordinal);
        Assert.Contains("nan, infinite", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_heat_map_of_a_long_training_of_a_deep_network_stays_small()
    {
        LayerGradient[] layers = [.. Enumerable.Range(0, 500).Select(i => new LayerGradient($"layer {i}", GradientState.Usual) { Mean = Math.Pow(10, -i % 9) })];
        string svg = Figure.OfGradientFlowOverTime([.. Enumerable.Range(1, 5000).Select(step => new GradientSample(step, layers))]).ToSvg();
        Assert.InRange(svg.Length, 1000, 100_000);
        Assert.Contains("layer 499", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_of_different_layers_are_refused_by_step()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Figure.OfGradientFlowOverTime([new GradientSample(1, _layers), new GradientSample(9, _layers[..2])]));
        Assert.Contains("step 9 has 2 layers, the first 5", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Histograms_of_anything_can_be_drawn(bool asRidges)
    {
        ValueCounts[][] cases = [[], [ValueCounts.Of([])], [ValueCounts.Of([0f])], [ValueCounts.Of([float.NaN])], [ValueCounts.Of([1e30f, -1e-30f]), ValueCounts.Of([1f])]];
        foreach (ValueCounts[] counts in cases)
            Assert.NotEmpty(Texts(XDocument.Parse(Figure.OfHistograms("weights", [.. counts.Select((one, i) => (i + 1L, one))], asRidges).ToSvg())));
    }

    [Fact]
    public void No_layers_and_no_samples_can_be_drawn()
    {
        XDocument.Parse(Figure.OfGradientFlow([]).ToSvg());
        XDocument.Parse(Figure.OfGradientFlowOverTime([]).ToSvg());
        XDocument.Parse(Figure.OfUpdateRatios([], []).ToSvg());
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"]\u202E\0")]
    public void Any_layer_name_is_only_text(string name)
    {
        Figure[] figures = [Figure.OfGradientFlow([LayerGradient.None(name)]), Figure.OfGradientFlowOverTime([new GradientSample(1, [LayerGradient.None(name)])]), Figure.OfHistograms(name, [(1, ValueCounts.Of([1f]))])];
        Assert.All(figures, figure => Assert.DoesNotContain(XDocument.Parse(figure.ToSvg()).Descendants(), element => element.Name.LocalName == "script"));
    }

    private static string[] Texts(XDocument svg) => [.. svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim())];
}
