using System.Text;
using System.Text.Json;

namespace ChainRule.Inspect;

/// <summary>Writes what a doctor knows as JSON.</summary>
internal static class DoctorJson
{
    public static string Write(GradientDoctor doctor)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("steps", doctor.Steps);
            json.WriteStartArray("findings");
            foreach (Finding finding in doctor.Findings)
                Write(json, finding);
            json.WriteEndArray();
            json.WriteStartArray("unseen");
            foreach (string activation in doctor.Unseen)
                json.WriteStringValue(Escaping.Clean(activation));
            json.WriteEndArray();
            json.WriteStartArray("readings");
            foreach (StepReading reading in doctor.Readings)
                Write(json, reading);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("kind", finding.Kind.ToString());
        json.WriteString("severity", finding.Severity.ToString());
        json.WriteString("layer", Escaping.Clean(finding.Layer));
        json.WriteNumber("sinceStep", finding.SinceStep);
        json.WriteString("evidence", finding.Evidence);
        json.WriteString("cause", finding.Cause);
        json.WriteString("cure", finding.Cure);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, StepReading reading)
    {
        json.WriteStartObject();
        json.WriteNumber("step", reading.Step);
        Number(json, "loss", reading.Loss);
        json.WriteStartArray("layers");
        foreach (LayerReading layer in reading.Layers)
            Write(json, layer);
        json.WriteEndArray();
        json.WriteStartArray("activations");
        foreach (ActivationReading activation in reading.Activations)
        {
            json.WriteStartObject();
            json.WriteString("module", Escaping.Clean(activation.Module));
            json.WriteString("function", activation.Function);
            json.WriteNumber("units", activation.Units);
            json.WriteNumber("rows", activation.Rows);
            json.WriteNumber("dead", activation.DeadUnits.Count);
            Number(json, "zeroShare", activation.ZeroShare);
            Number(json, "saturatedShare", activation.SaturatedShare);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LayerReading layer)
    {
        json.WriteStartObject();
        json.WriteString("parameter", Escaping.Clean(layer.Parameter));
        Number(json, "gradientNorm", layer.GradientNorm);
        Number(json, "rms", layer.Rms);
        Number(json, "weightNorm", layer.WeightNorm);
        Number(json, "p1", layer.P1);
        Number(json, "p50", layer.P50);
        Number(json, "p99", layer.P99);
        Number(json, "zeroShare", layer.ZeroShare);
        json.WriteNumber("nonFinite", layer.NonFinite);
        Number(json, "updateRatio", layer.UpdateRatio);
        if (layer.Histogram is { } histogram)
            Write(json, histogram);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ExponentHistogram histogram)
    {
        json.WriteStartObject("powersOfTwo");
        json.WriteNumber("zeros", histogram.Zeros);
        for (int exponent = ExponentHistogram.Lowest; exponent <= ExponentHistogram.Highest; exponent++)
        {
            if (histogram[exponent] > 0)
                json.WriteNumber(exponent.ToString(System.Globalization.CultureInfo.InvariantCulture), histogram[exponent]);
        }
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }
}
