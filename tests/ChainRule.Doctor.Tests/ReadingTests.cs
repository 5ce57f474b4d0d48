using System.Text.Json;
using System.Xml.Linq;
using ChainRule.Inspect;
using ChainRule.Nn;

namespace ChainRule.Doctor.Tests;

/// <summary>What is measured, against what can be worked out by hand.</summary>
public sealed class ReadingTests
{
    [Fact]
    public void The_gradient_of_a_linear_layer_is_read_as_worked_out_by_hand()
    {
        // L = w·x with x = (3, 0, 4, 0): the gradient is x.
        (GradientDoctor doctor, Linear _) = Watched([3f, 0, 4, 0], true);
        LayerReading weight = doctor.Readings[0].Layers[0];
        Assert.Equal("weight", weight.Parameter);
        Assert.Equal(5, weight.GradientNorm, 1e-12);
        Assert.Equal(2.5, weight.Rms, 1e-12);
        Assert.Equal(0.5, weight.ZeroShare, 1e-12);
        Assert.Equal((0, 4), (weight.P1, weight.P99));
        Assert.Equal((1.75, 4), (weight.Mean, weight.Largest));
        ExponentHistogram counts = weight.Histogram!;
        Assert.Equal((2L, 1L, 1L, 4L), (counts.Zeros, counts[1], counts[2], counts.Total));
        doctor.Dispose();
    }

    [Fact]
    public void The_update_is_that_of_one_step()
    {
        (GradientDoctor doctor, Linear layer) = Watched([3f, 0, 4, 0], false);
        using (new NoGrad())
            layer.Weight.Value.CopyFrom(layer.Weight.Value * 1.25);
        doctor.Watch(Loss(layer, [3f, 0, 4, 0]));
        Assert.Equal(0.25, doctor.Readings[0].Layers[0].UpdateRatio, 1e-6);
        // No step follows the last one.
        using (new NoGrad())
            layer.Weight.Value.CopyFrom(layer.Weight.Value * 0.5);
        Assert.True(double.IsNaN(doctor.Readings[^1].Layers[0].UpdateRatio));
        doctor.Complete();
        Assert.Equal(0.5, doctor.Readings[^1].Layers[0].UpdateRatio, 1e-6);
        doctor.Dispose();
    }

    [Fact]
    public void What_is_no_number_is_counted_and_the_rest_still_measured()
    {
        (GradientDoctor doctor, Linear layer) = Watched([1f, 1, 1, 1], true);
        layer.Weight.Value.Grad = Tensor.From<float>([3f, float.NaN, -1, float.NegativeInfinity], [1, 4]);
        doctor.Watch(Tensor.From<float>([1f], []));
        LayerReading read = doctor.Readings[^1].Layers[0];
        Assert.Equal((2L, 2.0, 3.0, 0.5), (read.NonFinite, read.Mean, read.Largest, read.NonFiniteShare));
        Assert.Equal((2L, 1L, 1L), (read.Histogram!.NonFinite, read.Histogram[1], read.Histogram[0]));
        doctor.Dispose();
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Powers_of_two_are_counted_exactly_from_the_smallest_numbers_to_the_largest(DType dtype)
    {
        var layer = new Linear(7, 1, new RandomKey(1), bias: false, dtype);
        using var doctor = new GradientDoctor(layer, new GradientDoctorOptions { Histograms = true });
        // Beyond the ends of the scale all is counted at the ends; 1e-40 is subnormal in float32.
        layer.Weight.Value.Grad = Tensor.From<double>([0, -0.0, 1e-40, 1.99, -2, 0.5, 1e38], [1, 7]).To(dtype);
        doctor.Watch(1.0);
        ExponentHistogram counts = doctor.Readings[0].Layers[0].Histogram!;
        Assert.Equal((2L, 1L, 1L, 1L, 1L, 1L, 7L), (counts.Zeros, counts[ExponentHistogram.Lowest], counts[0], counts[1], counts[-1], counts[ExponentHistogram.Highest], counts.Total));
    }

    [Fact]
    public void Nothing_that_is_trained_changes_by_being_watched()
    {
        float[] bare = Trained(isWatched: false), watched = Trained(isWatched: true);
        Assert.Equal(bare, watched);
    }

    [Fact]
    public void An_infinite_derivative_at_a_finite_loss_is_found_at_once()
    {
        var layer = new Linear(2, 1, new RandomKey(1));
        using var doctor = new GradientDoctor(layer);
        Tensor y = layer.Apply(Tensor.Ones([4, 2])), loss = (y - y).Square().Sum().Sqrt();
        loss.Backward();
        doctor.Watch(loss);
        Assert.Equal(FindingKind.NotANumber, Assert.Single(doctor.Findings).Kind);
        Assert.True(double.IsPositiveInfinity(doctor.Flow.Values[0][0]));
    }

    [Fact]
    public void The_cut_is_named_where_the_loss_can_be_computed_anew()
    {
        var model = new Sequential(new Linear(2, 3, new RandomKey(1)), new Lambda(h => h.Detach()), new Linear(3, 1, new RandomKey(2)));
        Tensor x = Tensor.Ones([4, 2]);
        using var doctor = new GradientDoctor(model, new GradientDoctorOptions { Loss = () => model.Apply(x).Square().Mean() });
        for (int step = 0; step < 2; step++)
        {
            Tensor loss = model.Apply(x).Square().Mean();
            loss.Backward();
            doctor.Watch(loss, x);
        }
        Finding finding = doctor.Findings.First(found => found.Layer == "0.weight");
        Assert.Equal((FindingKind.NoGradient, 0), (finding.Kind, finding.SinceStep));
        Assert.Contains("Detach", finding.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 1.0, 10, 1000 }, 3, 0, 3)]
    [InlineData(new[] { 1e6, 0.02, 0.03 }, 2, -2, -1)]
    [InlineData(new[] { 0.0, double.NaN, double.PositiveInfinity }, 3, -1, 0)]
    public void The_scale_holds_the_latest_columns_in_whole_decades(double[] values, int recent, int lowest, int highest) =>
        Assert.Equal((lowest, highest), new GradientFlow(["w"], [0, 1, 2], [values]).Decades(recent));

    [Fact]
    public void The_picture_shows_a_cell_for_each_number_and_obeys_no_name()
    {
        const string Hostile = "<script>alert(1)</script>\"]";
        string svg = new GradientFlow([Hostile, "b"], [0, 25], [[1e-3, 1e-1], [0, double.NaN]]).ToSvg();
        XElement root = XDocument.Parse(svg).Root!;
        Assert.DoesNotContain(root.Descendants(), element => element.Name.LocalName == "script");
        // Four cells, of which one is all zero and one has no gradient; and a sign for each in the legend.
        Assert.Equal(2, root.Descendants().Count(element => (string?)element.Attribute("class") == "zero"));
        Assert.Equal(2, root.Descendants().Count(element => (string?)element.Attribute("class") == "none"));
        Assert.Contains("0.001", root.Descendants().Single(element => element.Name.LocalName == "desc").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_the_findings_and_null_for_what_is_no_number()
    {
        (GradientDoctor doctor, Linear _) = Watched([3f, 0, 4, 0], true);
        using JsonDocument json = JsonDocument.Parse(doctor.ToJson());
        JsonElement layer = json.RootElement.GetProperty("readings")[0].GetProperty("layers")[0];
        Assert.Equal(5, layer.GetProperty("gradientNorm").GetDouble(), 1e-12);
        Assert.Equal(JsonValueKind.Null, layer.GetProperty("updateRatio").ValueKind);
        Assert.Equal(1, layer.GetProperty("powersOfTwo").GetProperty("2").GetInt64());
        doctor.Dispose();
    }

    [Fact]
    public void Wrong_options_and_losses_are_refused()
    {
        var layer = new Linear(2, 1, new RandomKey(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientDoctor(layer, new GradientDoctorOptions { Every = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientDoctor(layer, new GradientDoctorOptions { Budget = 0 }));
        Assert.Throws<ArgumentException>(() => new GradientDoctor(new Relu()));
        using var doctor = new GradientDoctor(layer);
        Assert.Throws<ShapeException>(() => doctor.Watch(Tensor.Ones([2])));
    }

    private static (GradientDoctor, Linear) Watched(float[] x, bool hasHistogram)
    {
        var layer = new Linear(4, 1, new RandomKey(1), bias: false);
        var doctor = new GradientDoctor(layer, new GradientDoctorOptions { Histograms = hasHistogram });
        doctor.Watch(Loss(layer, x));
        return (doctor, layer);
    }

    private static Tensor Loss(Linear layer, float[] x)
    {
        Tensor loss = layer.Apply(Tensor.From(x, [1, 4])).Sum();
        loss.Backward();
        return loss;
    }

    private static float[] Trained(bool isWatched)
    {
        Patient patient = Patients.Classifier(77);
        using GradientDoctor? doctor = isWatched ? new GradientDoctor(patient.Model, new GradientDoctorOptions { Every = 1, Budget = 1 }) : null;
        var optimizer = patient.Optimizer(patient.Model.Parameters());
        for (int step = 0; step < 20; step++)
        {
            Tensor y = patient.Model.Apply(patient.Inputs), loss = patient.Loss(y, patient.Targets(step));
            optimizer.ZeroGrad();
            loss.Backward();
            doctor?.Watch(loss, patient.Inputs, y, patient.Targets(step));
            optimizer.Step();
        }
        return [.. patient.Model.Parameters().SelectMany(parameter => parameter.ToArray<float>())];
    }
}
