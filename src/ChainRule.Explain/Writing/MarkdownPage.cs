using System.Text;
using ChainRule.Explain.Symbols;

namespace ChainRule.Explain.Writing;

/// <summary>An explanation as Markdown with LaTeX.</summary>
internal sealed class MarkdownPage
{
    private readonly Explanation _explanation;
    private readonly StringBuilder _page = new();

    private MarkdownPage(Explanation explanation) => _explanation = explanation;

    public static string Write(Explanation explanation)
    {
        var page = new MarkdownPage(explanation);
        page.WriteAll();
        return page._page.ToString();
    }

    private void WriteAll()
    {
        Line("# The chain rule, step by step");
        Line($"$${Name(_explanation.Result)} = {_explanation.Result.Written.Latex}$$");
        foreach (string note in _explanation.Notes)
            Line($"> **Note:** {Escaped(note)}");
        if (_explanation.IsSummed)
            Line("> **Note:** the expression has several elements; they are summed, so that the backward pass begins with ones.");
        WriteForward();
        WriteBackward();
        WriteInputs();
        WriteWitnesses();
    }

    private void WriteForward()
    {
        Line("## Forward");
        Table("step", "value", "shape");
        foreach (ExplanationStep step in _explanation.Steps)
            Row(step.IsInput ? $"${Name(step)}$" : $"${Name(step)} = {step.Formula.Latex}$", $"${Numerals.Latex(step.Value)}$", $"`{step.Shape}`");
        _page.Append('\n');
    }

    private void WriteBackward()
    {
        Line("## Backward");
        Table("derivative", "chain rule", "value");
        Row($"${ByStep(_explanation.Result)}$", "", "$1$");
        foreach (ExplanationStep step in _explanation.Steps.Reverse().Skip(1))
            Row($"${ByStep(step)}$", $"${string.Join(" + ", step.Contributions.Select(Product))}$", $"${Numerals.Latex(step.Gradient)}$");
        _page.Append('\n');
    }

    private string Product(ExplanationEdge edge) => edge.Local is null ? edge.Derivative.Latex
        : $@"{(edge.IsSummed ? @"\sum " : "")}{ByStep(_explanation.Steps[edge.Reader])} \cdot \left({edge.Derivative.Latex}\right)";

    private void WriteInputs()
    {
        foreach (ExplanationInput input in _explanation.Inputs)
        {
            Line($"## The derivative by ${Name(input.Step)}$");
            foreach (ExplanationPath path in input.Paths.Where(path => path.Edges.Count > 0))
                Line($"$${string.Join(@" \cdot ", path.Edges.Select(edge => edge.Symbol.Latex))} = {string.Join(@" \cdot ", path.Edges.Select(edge => Factor(edge.Local!)))} = {Numerals.Short(path.Product)}$$");
            if (input.PathCount > input.Paths.Count && input.Paths.Count > 0)
                Line($"and {Numerals.Short(input.PathCount - input.Paths.Count)} more paths.");
            for (int i = 0; i < Math.Min(input.Derivatives.Count, Witness.MostRows); i++)
            {
                if (input.Derivatives[i] is { } formula)
                    Line($"$${Latex(Witness.NameOf(_explanation, input, i))} = {formula.Latex}$$");
            }
        }
    }

    private void WriteWitnesses()
    {
        Line("## Four witnesses");
        Table(["", .. Witness.Titles]);
        foreach (ExplanationInput input in _explanation.Inputs)
        {
            foreach (Witness witness in Witness.Of(_explanation, input))
                Row([$"${Latex(witness.Name)}$", .. witness.Values.Select(Numerals.Full)]);
        }
        _page.Append('\n');
        Line($"Largest disagreement: {Numerals.Error(_explanation.LargestDisagreement)}");
        foreach (string doubt in Witness.Doubts(_explanation))
            Line($"> {Escaped(doubt)}");
    }

    private static string Factor(Tensor local) => Numerals.Latex(local) is var text && text.StartsWith('-') ? $@"\left({text}\right)" : text;

    private static string Name(ExplanationStep step) => LatexNotation.Default.Name(step.Name);

    private string ByStep(ExplanationStep step) => LatexNotation.Default.Derivative(Name(_explanation.Result), Name(step));

    private static string Latex(string derivative) => derivative.Split("/∂") is [var above, var below]
        ? LatexNotation.Default.Derivative(LatexNotation.Default.Name(above[1..]), LatexNotation.Default.Name(below)) : derivative;

    private void Table(params string[] titles)
    {
        Row(titles);
        Row([.. titles.Select(_ => "---")]);
    }

    private void Row(params string[] cells) => _page.Append($"| {string.Join(" | ", cells)} |\n");

    private void Line(string text) => _page.Append(text).Append("\n\n");

    private static string Escaped(string text) => text.Replace("*", @"\*", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
