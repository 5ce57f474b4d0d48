using System.Text;

namespace ChainRule.Explain.Writing;

/// <summary>An explanation for a terminal.</summary>
internal sealed class TextPage
{
    private const int Narrowest = 40;

    private readonly Explanation _explanation;
    private readonly int _width;
    private readonly StringBuilder _page = new();

    private TextPage(Explanation explanation, int width) => (_explanation, _width) = (explanation, Math.Max(Narrowest, width));

    public static string Write(Explanation explanation, int width, bool isPlain)
    {
        var page = new TextPage(explanation, width);
        page.WriteAll();
        return isPlain ? Plain(page._page.ToString()) : page._page.ToString();
    }

    private void WriteAll()
    {
        Sentence($"{_explanation.Result.Name} = {_explanation.Steps[^1].Written}");
        foreach (string note in _explanation.Notes)
            Sentence($"Note: {note}");
        if (_explanation.IsSummed)
            Sentence("Note: the expression has several elements; they are summed, so that the backward pass begins with ones.");
        WriteForward();
        WriteBackward();
        foreach (ExplanationInput input in _explanation.Inputs)
            WriteInput(input);
        WriteWitnesses();
    }

    private void WriteForward()
    {
        Heading("Forward: one operation at a time");
        var grid = new Grid(_width);
        bool hasShapes = _explanation.Steps.Any(step => step.Shape.Rank > 0);
        foreach (ExplanationStep step in _explanation.Steps)
        {
            string formula = step.IsInput ? step.Name : $"{step.Name} = {step.Formula}";
            grid.Add(hasShapes ? [formula, $"= {Numerals.Short(step.Value)}", $"shape {step.Shape}"] : [formula, $"= {Numerals.Short(step.Value)}"]);
        }
        grid.WriteTo(_page);
    }

    private void WriteBackward()
    {
        string result = _explanation.Result.Name;
        Heading($"Backward: from {result} to the inputs");
        var grid = new Grid(_width);
        grid.Add($"∂{result}/∂{result}", "= 1");
        foreach (ExplanationStep step in _explanation.Steps.Reverse().Skip(1))
        {
            string name = $"∂{result}/∂{step.Name}";
            foreach (ExplanationEdge edge in step.Contributions)
                grid.Add(step.Contributions.Count == 1 ? name : $"  by {_explanation.Steps[edge.Reader].Name}", $"= {Formula(edge)}", $"= {Numbers(edge)}");
            if (step.Contributions.Count > 1)
                grid.Add(name, $"= {string.Join(" + ", step.Contributions.Select(edge => Numerals.Factor(Numerals.Short(edge.Product))))}", $"= {Numerals.Short(step.Gradient)}");
        }
        grid.WriteTo(_page);
    }

    private string Formula(ExplanationEdge edge)
    {
        string reader = _explanation.Steps[edge.Reader].Name;
        string formula = edge.Local is null ? edge.Derivative.Text : $"∂{_explanation.Result.Name}/∂{reader} · {Parenthesized(edge.Derivative.Text)}";
        return edge.IsSummed ? $"sum of {formula}" : formula;
    }

    private string Numbers(ExplanationEdge edge)
    {
        string product = Numerals.Short(edge.Product);
        if (edge.Local is null || edge.IsSummed) return product;
        return $"{Numerals.Short(_explanation.Steps[edge.Reader].Gradient)} · {Numerals.Factor(Numerals.Short(edge.Local))} = {product}";
    }

    private void WriteInput(ExplanationInput input)
    {
        string result = _explanation.Result.Name, name = input.Step.Name;
        Heading($"The derivative by {name}");
        if (input.Paths.Count > 0 && input.Paths[0].Edges.Count > 0)
        {
            var grid = new Grid(_width);
            for (int i = 0; i < input.Paths.Count; i++)
                grid.Add($"path {i + 1}:", Way(input.Paths[i]), $"{string.Join(" · ", input.Paths[i].Edges.Select(edge => Numerals.Factor(Numerals.Short(edge.Local!))))} = {Numerals.Short(input.Paths[i].Product)}");
            grid.WriteTo(_page);
            if (input.PathCount > input.Paths.Count)
                Sentence($"  and {Numerals.Short(input.PathCount - input.Paths.Count)} more; the backward pass adds them all without walking each.");
            else if (input.Paths.Count > 1)
                Sentence($"  sum: {string.Join(" + ", input.Paths.Select(path => Numerals.Factor(Numerals.Short(path.Product))))} = {Numerals.Short(input.Step.Gradient)}");
        }
        for (int i = 0; i < Math.Min(input.Derivatives.Count, Witness.MostRows); i++)
            Sentence($"  {Witness.NameOf(_explanation, input, i)} = {input.Derivatives[i]?.Text ?? "(a formula too long to be read)"}");
        Sentence($"  ∂{result}/∂{name} = {Numerals.Short(input.Step.Gradient)}{(input.Step.Shape.Rank > 0 ? $", of the shape of {name}: {input.Step.Shape}" : "")}");
    }

    private string Way(ExplanationPath path) =>
        string.Join(" → ", path.Edges.Select(edge => _explanation.Steps[edge.Reader].Name).Append(_explanation.Steps[path.Edges[^1].Operand].Name));

    private void WriteWitnesses()
    {
        Heading("Four witnesses");
        var grid = new Grid(_width);
        grid.Add(["", .. Witness.Titles]);
        foreach (ExplanationInput input in _explanation.Inputs)
        {
            foreach (Witness witness in Witness.Of(_explanation, input))
                grid.Add([witness.Name, .. witness.Values.Select(Numerals.Full)]);
        }
        grid.WriteTo(_page);
        Sentence($"  largest disagreement: {Numerals.Error(_explanation.LargestDisagreement)}");
        foreach (string doubt in Witness.Doubts(_explanation))
            Sentence($"  {doubt}");
        foreach (ExplanationInput input in _explanation.Inputs.Where(input => input.DifferenceCurve.Count > 0))
        {
            DifferencePoint best = input.DifferenceCurve.MinBy(point => point.Error)!, finest = input.DifferenceCurve[^1];
            Sentence($"  plain differences by {input.Step.Name}: error {Numerals.Error(input.DifferenceCurve[0].Error)} at h = {Numerals.Error(input.DifferenceCurve[0].Step)}, least {Numerals.Error(best.Error)} at h = {Numerals.Error(best.Step)}, {Numerals.Error(finest.Error)} at h = {Numerals.Error(finest.Step)}");
        }
    }

    private void Heading(string text) => _page.Append('\n').Append(text).Append('\n');

    // Broken at spaces; what has none stays whole.
    private void Sentence(string text)
    {
        int indent = text.Length - text.TrimStart().Length;
        var line = new StringBuilder(new string(' ', indent));
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > indent && line.Length + word.Length > _width)
            {
                _page.Append(line.ToString().TrimEnd()).Append('\n');
                line.Clear().Append(' ', indent + 4);
            }
            line.Append(word).Append(' ');
        }
        _page.Append(line.ToString().TrimEnd()).Append('\n');
    }

    private static string Parenthesized(string text) => text.Contains(' ', StringComparison.Ordinal) || text.StartsWith('-') ? $"({text})" : text;

    private static string Plain(string text) => text
        .Replace('∂', 'd').Replace('·', '*').Replace('∘', '*').Replace("→", "->", StringComparison.Ordinal)
        .Replace("ᵀ", "'", StringComparison.Ordinal).Replace("π", "pi", StringComparison.Ordinal).Replace("𝟏", "1", StringComparison.Ordinal).Replace("…", "...", StringComparison.Ordinal);
}
