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
        if (_explanation.Second is { } second)
            WriteSecond(second);
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
        Table("derivative", "chain rule", "in numbers", "value");
        Row($"${ByStep(_explanation.Result)}$", "", "", "$1$");
        foreach (ExplanationStep step in _explanation.Steps.Reverse().Skip(1))
            Row($"${ByStep(step)}$", $"${string.Join(" + ", step.Contributions.Select(Product))}$", $"${string.Join(" + ", step.Contributions.Select(Numbers))}$", $"${Numerals.Latex(step.Gradient)}$");
        _page.Append('\n');
    }

    private string Product(ExplanationEdge edge) => edge.Local is null ? edge.Derivative.Latex
        : $@"{(edge.IsSummed ? @"\sum " : "")}{ByStep(_explanation.Steps[edge.Reader])} \cdot {InParentheses(edge.Derivative.Latex)}";

    private string Numbers(ExplanationEdge edge) => edge.Local is null || edge.IsSummed ? Numerals.Latex(edge.Product)
        : $@"{Factor(_explanation.Steps[edge.Reader].Gradient)} {(edge.Local.Shape.Rank > 0 ? @"\circ" : @"\cdot")} {Factor(edge.Local)}";

    // A number or a letter alone needs none.
    private static string InParentheses(string factor) => factor.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '.') ? factor : $@"\left({factor}\right)";

    private void WriteInputs()
    {
        foreach (ExplanationInput input in _explanation.Inputs)
        {
            Line($"## The derivative by ${Name(input.Step)}$");
            foreach (ExplanationPath path in input.Paths.Where(path => path.Edges.Count > 0))
                Line($"$${string.Join(@" \cdot ", path.Edges.Select(edge => edge.Symbol.Latex))} = {(path.IsScalar ? string.Join(@" \cdot ", path.Edges.Select(edge => Factor(edge.Jacobian!.Reshape([])))) : string.Join(@" \; ", path.Edges.Select(Matrix)))} = {(path.IsScalar ? Numerals.Short(path.Product) : Numerals.Latex(path.Rows[^1]))}$$");
            if (input.PathCount > input.Paths.Count && input.Paths.Count > 0)
                Line($"and {Numerals.Short(input.PathCount - input.Paths.Count)} more paths.");
            else if (input.Paths.Count > 1)
                Line($"$${ByStep(input.Step)} = {string.Join(" + ", input.Paths.Select(path => Factor(path.Product)))} = {Numerals.Latex(input.Step.Gradient)}$$");
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
        Line($"Largest relative disagreement: {Numerals.Error(_explanation.LargestDisagreement)}");
        foreach (string doubt in Witness.Doubts(_explanation))
            Line($"> {Escaped(doubt)}");
        WriteCurves();
    }

    private void WriteCurves()
    {
        ExplanationInput[] inputs = [.. _explanation.Inputs.Where(input => input.DifferenceCurve.Count > 0)];
        if (inputs.Length == 0) return;
        Line("## Why the step of a difference matters");
        Line("A large step $h$ cuts the series off early, a tiny one drowns in rounding; the best is between. The errors of plain central differences:");
        foreach (ExplanationInput input in inputs)
        {
            Table("$h$", $"error by ${Name(input.Step)}$");
            foreach (DifferencePoint point in input.DifferenceCurve)
                Row(Numerals.Error(point.Step), Numerals.Error(point.Error));
            _page.Append('\n');
        }
    }

    private void WriteSecond(SecondOrder second)
    {
        Line("## Second order");
        if (second.Steps.Count > 0)
        {
            Table("step", "first derivative", "value", "second derivative", "value");
            foreach (SecondStep step in second.Steps)
                Row($"${Name(step.Step)}$", $"${Name(step.Step)}' = {step.First.Latex}$", Numerals.Short(step.FirstValue), $"${Name(step.Step)}'' = {step.Second.Latex}$", Numerals.Short(step.SecondValue));
        }
        else
        {
            Table(["", .. second.Names.Select(name => $"${LatexNotation.Default.Name(name)}$")]);
            for (int row = 0; row < second.Names.Count; row++)
                Row([$"${LatexNotation.Default.Name(second.Names[row])}$", .. Enumerable.Range(0, second.Names.Count).Select(column => Numerals.Short(second[row, column].Symbolic))]);
        }
        _page.Append('\n');
        foreach (SecondDerivative entry in second.Entries.Where(entry => entry.Derivative is not null))
            Line($"$${entry.Symbol.Latex} = {entry.Derivative!.Latex}$$");
        Table(["", .. Witness.SecondTitles]);
        foreach (SecondDerivative entry in second.Entries)
            Row($"${entry.Symbol.Latex}$", Numerals.Full(entry.Symbolic), Numerals.Full(entry.ForwardOverReverse), Numerals.Full(entry.Numeric));
        _page.Append('\n');
        Line($"Largest relative disagreement: {Numerals.Error(second.LargestDisagreement)}");
        foreach (string doubt in Witness.Doubts(second))
            Line($"> {Escaped(doubt)}");
    }

    // With its size below, as a factor in a product of matrices.
    private static string Matrix(ExplanationEdge edge) =>
        $@"\underset{{{edge.Jacobian!.Shape[0]} \times {edge.Jacobian.Shape[1]}}}{{{(edge.IsDiagonal && edge.Jacobian.Shape.ElementCount > Numerals.MostOfMatrix / 4 ? $@"\operatorname{{diag}}\left({Numerals.RowOf(edge.Local!)[1..^1]}\right)" : Numerals.Latex(edge.Jacobian))}}}";

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
