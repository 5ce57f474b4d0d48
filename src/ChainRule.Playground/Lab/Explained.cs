using System.Globalization;
using ChainRule.Explain;

namespace ChainRule.Playground.Lab;

/// <summary>An expression at a place, worked out: its steps forward and backward, and what each edge brings to the gradient.</summary>
public sealed class Explained
{
    private const int MostShown = 12, MostInSecond = 6;
    private readonly Lazy<(SecondOrder? Second, string? Problem)> _second;

    /// <exception cref="ExpressionException">The expression or a value cannot be read, or there is no value at this point.</exception>
    public Explained(string text, IReadOnlyDictionary<string, string> values)
    {
        var read = new Dictionary<string, Tensor>();
        foreach (string name in Explanation.Variables(text))
            read[name] = Explanation.ReadValue($"{name}={values.GetValueOrDefault(name, "1")}").Value;
        Working = Explanation.Of(text, read);
        Edges = [.. Working.Steps.SelectMany(step => step.Operands)];
        Graph = Working.Graph.ToSvg();
        _second = new(() => Differentiated(text, read));
    }

    public Explanation Working { get; }

    /// <summary>The graph as a picture.</summary>
    public string Graph { get; }

    public IReadOnlyList<ExplanationEdge> Edges { get; }

    /// <summary>The second derivatives, or why there are none. Worked out when they are looked at: they take their time.</summary>
    public (SecondOrder? Second, string? Problem) Second => _second.Value;

    /// <summary>How many moves there are: each step forward, then each backward.</summary>
    public int Moves => 2 * Working.Steps.Count;

    public string Value => Text(Working.Result.Value);

    /// <summary>Whether a step's value is known after some moves.</summary>
    public static bool HasValue(ExplanationStep step, int moves) => step.Index < moves;

    /// <summary>Whether a step's gradient is known after some moves.</summary>
    public bool HasGradient(ExplanationStep step, int moves) => Moves - step.Index <= moves;

    public string Gradient(string name) => Text(Working.Inputs.First(input => input.Step.Name == name).Reverse);

    public string Name(ExplanationEdge edge) => $"{Working.Steps[edge.Operand].Name} → {Working.Steps[edge.Reader].Name}";

    /// <summary>The chain rule at an edge, line by line.</summary>
    public IReadOnlyList<string> Microscope(ExplanationEdge edge)
    {
        ExplanationStep from = Working.Steps[edge.Operand], to = Working.Steps[edge.Reader];
        List<string> lines = [$"{to.Name} = {to.Formula}", $"∂{Last}/∂{to.Name} = {Text(to.Gradient)}"];
        if (edge.Local is { } local)
        {
            lines.Add(edge.Derivative.Text == Text(local) ? $"{edge.Symbol} = {Text(local)}" : $"{edge.Symbol} = {edge.Derivative} = {Text(local)}");
            lines.Add($"this path: {Text(to.Gradient)} × {Text(local)}{(edge.IsSummed ? ", summed," : "")} = {Text(edge.Product)}");
        }
        else
        {
            if (edge.Jacobian is { } jacobian)
                lines.Add($"{edge.Symbol} = {Text(jacobian)}, a row for each element of {to.Name}");
            lines.Add($"this path: {edge.Derivative} = {Text(edge.Product)}");
        }
        if (from.Contributions.Count > 1)
            lines.Add($"all paths: {string.Join(" + ", from.Contributions.Select(path => Text(path.Product)))}");
        lines.Add($"∂{Last}/∂{from.Name} = {Text(from.Gradient)}");
        return lines;
    }

    /// <summary>How a step's gradient comes about.</summary>
    public string Backward(ExplanationStep step) => step.Contributions.Count == 0
        ? "1, where it begins"
        : string.Join(" + ", step.Contributions.Select(edge => edge.Local is null ? edge.Derivative.Text : $"∂{Last}/∂{Working.Steps[edge.Reader].Name}·{Factor(edge.Derivative.Text)}"));

    /// <summary>What is wrong and at which column, which many messages say themselves.</summary>
    public static string Fault(ExpressionException fault)
    {
        string message = fault.Message.TrimEnd('.');
        return message.Contains($"column {fault.Column}", StringComparison.Ordinal) ? $"{message}." : $"{message} (column {fault.Column}).";
    }

    public static string Text(Tensor value)
    {
        double[] elements = value.ToArray<double>();
        if (value.Shape.Rank == 0) return Number(elements[0]);
        string shown = string.Join(", ", elements.Take(MostShown).Select(Number)) + (elements.Length > MostShown ? ", …" : "");
        return value.Shape.Rank == 1 ? $"[{shown}]" : $"[{shown}] {value.Shape}";
    }

    private static (SecondOrder?, string?) Differentiated(string text, Dictionary<string, Tensor> values)
    {
        long numbers = values.Values.Sum(value => value.Shape.ElementCount);
        if (numbers > MostInSecond)
            return (null, $"The inputs hold {numbers} numbers; this page works out second derivatives by at most {MostInSecond}.");
        try
        {
            return (Explanation.Of(text, values, 2).Second, null);
        }
        catch (ExpressionException fault)
        {
            return (null, fault.Message);
        }
    }

    private static string Factor(string formula) => formula.Contains(' ', StringComparison.Ordinal) ? $"({formula})" : formula;

    private string Last => Working.Result.Name;

    private static string Number(double value) => value.ToString("G10", CultureInfo.InvariantCulture);
}
