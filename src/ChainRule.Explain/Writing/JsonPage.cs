using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace ChainRule.Explain.Writing;

/// <summary>An explanation as JSON.</summary>
internal sealed class JsonPage
{
    // Signs such as ∂ stay readable; what HTML would take for markup is escaped.
    private static readonly JavaScriptEncoder _readable = JavaScriptEncoder.Create(UnicodeRanges.All);

    private readonly Explanation _explanation;
    private readonly Utf8JsonWriter _json;

    private JsonPage(Explanation explanation, Utf8JsonWriter json) => (_explanation, _json) = (explanation, json);

    public static string Write(Explanation explanation, bool isPlain)
    {
        var options = new JsonWriterOptions { Indented = true, Encoder = isPlain ? JavaScriptEncoder.Default : _readable };
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, options))
            new JsonPage(explanation, json).WriteAll();
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private void WriteAll()
    {
        _json.WriteStartObject();
        _json.WriteString("expression", _explanation.Expression);
        _json.WriteString("result", _explanation.Result.Name);
        Write("value", _explanation.Result.Value);
        _json.WriteBoolean("isSummed", _explanation.IsSummed);
        Texts("notes", _explanation.Notes);
        List("steps", _explanation.Steps, WriteStep);
        List("inputs", _explanation.Inputs, WriteInput);
        Write("largestDisagreement", _explanation.LargestDisagreement);
        if (_explanation.Second is { } second)
            WriteSecond(second);
        Texts("doubts", [.. Witness.Doubts(_explanation), .. _explanation.Second is { } order ? Witness.Doubts(order) : []]);
        _json.WriteEndObject();
    }

    private void WriteStep(ExplanationStep step)
    {
        _json.WriteString("name", step.Name);
        _json.WriteString("operation", step.Operation);
        _json.WriteNumber("column", step.Column);
        Write("formula", step.Formula);
        Write("written", step.Written);
        WriteShape("shape", step.Shape);
        Write("value", step.Value);
        Write("gradient", step.Gradient);
        List("operands", step.Operands, edge =>
        {
            _json.WriteString("step", NameOf(edge.Operand));
            Write("symbol", edge.Symbol);
            Write("derivative", edge.Derivative);
            if (edge.Local is { } local)
                Write("local", local);
            if (edge.Jacobian is { } jacobian)
            {
                WriteShape("jacobianShape", jacobian.Shape);
                if (jacobian.Shape.ElementCount <= Numerals.MostOfMatrix)
                    Write("jacobian", jacobian);
            }
            Write("product", edge.Product);
            _json.WriteBoolean("isSummed", edge.IsSummed);
        });
    }

    private void WriteInput(ExplanationInput input)
    {
        _json.WriteString("name", input.Step.Name);
        WriteShape("shape", input.Step.Shape);
        List("derivatives", input.Derivatives.Select((formula, i) => (Formula: formula, Place: i)), one =>
        {
            _json.WriteString("name", Witness.NameOf(_explanation, input, one.Place));
            Write("formula", one.Formula);
        });
        Write("symbolic", input.Symbolic);
        Write("forward", input.Forward);
        Write("reverse", input.Reverse);
        Write("numeric", input.Numeric);
        Write("largestDisagreement", input.LargestDisagreement);
        Write("pathCount", input.PathCount);
        List("paths", input.Paths, path =>
        {
            Texts("steps", [.. path.Edges.Select(edge => NameOf(edge.Reader)), input.Step.Name]);
            Write("product", path.Product);
        });
        List("differences", input.DifferenceCurve, point =>
        {
            Write("step", point.Step);
            Write("error", point.Error);
        });
    }

    private void WriteSecond(SecondOrder second)
    {
        _json.WriteStartObject("second");
        Texts("names", second.Names);
        List("steps", second.Steps, step =>
        {
            _json.WriteString("name", step.Step.Name);
            Write("first", step.First);
            Write("firstValue", step.FirstValue);
            Write("second", step.Second);
            Write("secondValue", step.SecondValue);
        });
        List("entries", second.Entries, entry =>
        {
            Write("symbol", entry.Symbol);
            Write("formula", entry.Derivative);
            Write("symbolic", entry.Symbolic);
            Write("forwardOverReverse", entry.ForwardOverReverse);
            Write("numeric", entry.Numeric);
            Write("largestDisagreement", entry.LargestDisagreement);
        });
        _json.WriteEndObject();
    }

    private string NameOf(int step) => _explanation.Steps[step].Name;

    private void List<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        _json.WriteStartArray(name);
        foreach (T item in items)
        {
            _json.WriteStartObject();
            write(item);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    private void Texts(string name, IEnumerable<string> texts)
    {
        _json.WriteStartArray(name);
        foreach (string text in texts)
            _json.WriteStringValue(text);
        _json.WriteEndArray();
    }

    private void WriteShape(string name, Shape shape)
    {
        _json.WriteStartArray(name);
        for (int axis = 0; axis < shape.Rank; axis++)
            _json.WriteNumberValue(shape[axis]);
        _json.WriteEndArray();
    }

    private void Write(string name, Formula? formula)
    {
        if (formula is null)
        {
            _json.WriteNull(name);
            return;
        }
        _json.WriteStartObject(name);
        _json.WriteString("text", formula.Text);
        _json.WriteString("latex", formula.Latex);
        _json.WriteEndObject();
    }

    private void Write(string name, double value)
    {
        _json.WritePropertyName(name);
        Write(value);
    }

    // Rows of rows, as the shape says.
    private void Write(string name, Tensor value)
    {
        double[] elements = value.ToArray<double>();
        _json.WritePropertyName(name);
        if (value.Shape.Rank == 0)
        {
            Write(elements[0]);
            return;
        }
        _json.WriteStartArray();
        foreach (double[] row in value.Shape.Rank == 1 ? [elements] : elements.Chunk((int)value.Shape[1]))
        {
            if (value.Shape.Rank == 2) _json.WriteStartArray();
            foreach (double element in row)
                Write(element);
            if (value.Shape.Rank == 2) _json.WriteEndArray();
        }
        _json.WriteEndArray();
    }

    private void Write(double value)
    {
        if (double.IsFinite(value))
            _json.WriteNumberValue(value);
        else
            _json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }
}
