using System.Net;
using System.Text;
using ChainRule.Explain.Symbols;

namespace ChainRule.Explain.Writing;

/// <summary>An explanation as a page that needs nothing else. All that is not ours goes through the encoder.</summary>
internal sealed class HtmlPage
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --ground: #ffffff; --card: #f6f8fa; --blue: #0072b2; --orange: #b34700; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9da7b3; --line: #3d444d; --ground: #0d1117; --card: #161b22; --blue: #56b4e9; --orange: #e69f00; } }
        body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
        h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; } h3 { font-size: 1rem; }
        math { font-size: 1.12em; } .board { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .8rem 1rem; overflow-x: auto; }
        .scroll { overflow-x: auto; } table { border-collapse: collapse; } th, td { text-align: left; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: middle; }
        th { color: var(--soft); font-weight: 600; font-size: .86rem; } td.number { font-variant-numeric: tabular-nums; font-family: ui-monospace, monospace; font-size: .9rem; white-space: nowrap; }
        .note { border-left: 4px solid var(--orange); padding: .3rem .8rem; background: var(--card); } .soft { color: var(--soft); } .size { white-space: nowrap; }
        .curves { display: flex; flex-wrap: wrap; gap: 1rem; } figure { margin: .5rem 0; } figcaption { color: var(--soft); font-size: .9rem; }
        svg.curve { width: 460px; max-width: 100%; font: 11px system-ui, sans-serif; } svg.curve text { fill: var(--ink); } .rule { stroke: var(--line); } .line { fill: none; stroke: var(--blue); stroke-width: 2; } .best { fill: var(--orange); }
        .graph svg { max-width: 100%; height: auto; }
        """;

    private readonly Explanation _explanation;
    private readonly StringBuilder _page = new();

    private HtmlPage(Explanation explanation) => _explanation = explanation;

    public static string Write(Explanation explanation)
    {
        var page = new HtmlPage(explanation);
        page.WriteAll();
        return page._page.ToString();
    }

    private void WriteAll()
    {
        string title = $"The chain rule of {Shortened(_explanation.Expression)}";
        _page.Append($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{Text(title)}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n<main>\n");
        _page.Append($"<h1>The chain rule, step by step</h1>\n<p class=\"board\">{Math($"{Name(_explanation.Result)}<mo>=</mo>{_explanation.Result.Written.MathMl}")}</p>\n");
        foreach (string note in _explanation.Notes)
            _page.Append($"<p class=\"note\">{Text(note)}</p>\n");
        if (_explanation.IsSummed)
            _page.Append("<p class=\"note\">The expression has several elements; they are summed, so that the backward pass begins with ones.</p>\n");
        WriteForward();
        WriteBackward();
        foreach (ExplanationInput input in _explanation.Inputs)
            WriteInput(input);
        WriteWitnesses();
        if (_explanation.Second is { } second)
            WriteSecond(second);
        WriteCurves();
        _page.Append($"<h2>The graph</h2>\n<div class=\"graph scroll\">{_explanation.Graph.ToSvg()}</div>\n</main>\n</body>\n</html>\n");
    }

    private void WriteForward()
    {
        _page.Append("<h2>Forward: one operation at a time</h2>\n");
        Table("Substitution", "Value", "Shape");
        foreach (ExplanationStep step in _explanation.Steps)
            Row($"<td>{Math(step.IsInput ? Name(step) : $"{Name(step)}<mo>=</mo>{step.Formula.MathMl}")}</td>{Number(step.Value)}<td class=\"soft\">{Text(step.Shape.ToString())}</td>");
        End();
    }

    private void WriteBackward()
    {
        _page.Append("<h2>Backward: each step's derivative from its readers'</h2>\n");
        Table("Derivative", "Chain rule", "In numbers", "Value");
        Row($"<td>{Math(ByStep(_explanation.Result))}</td><td></td><td></td><td class=\"number\">1</td>");
        foreach (ExplanationStep step in _explanation.Steps.Reverse().Skip(1))
            Row($"<td>{Math(ByStep(step))}</td><td>{Math(string.Join("<mo>+</mo>", step.Contributions.Select(Product)))}</td><td class=\"number\">{Text(string.Join(" + ", step.Contributions.Select(Numbers)))}</td>{Number(step.Gradient)}");
        End();
    }

    private string Product(ExplanationEdge edge) => edge.Local is null ? edge.Derivative.MathMl
        : $"{(edge.IsSummed ? "<mo>∑</mo>" : "")}{ByStep(_explanation.Steps[edge.Reader])}<mo>·</mo><mrow><mo>(</mo>{edge.Derivative.MathMl}<mo>)</mo></mrow>";

    private string Numbers(ExplanationEdge edge) => edge.Local is null || edge.IsSummed ? Numerals.Short(edge.Product)
        : $"{Numerals.Factor(Numerals.Short(_explanation.Steps[edge.Reader].Gradient))} · {Numerals.Factor(Numerals.Short(edge.Local))}";

    private void WriteInput(ExplanationInput input)
    {
        _page.Append($"<h2>The derivative by {Math(Name(input.Step))}</h2>\n");
        ExplanationPath[] paths = [.. input.Paths.Where(path => path.Edges.Count > 0)];
        if (paths.Any(path => !path.IsScalar))
            WriteRows(input, paths);
        else if (paths.Length > 0)
        {
            Table("Path", "Product of local derivatives", "In numbers", "Product");
            foreach (ExplanationPath path in paths)
            {
                string way = string.Join(" → ", path.Edges.Select(edge => _explanation.Steps[edge.Reader].Name).Append(input.Step.Name));
                Row($"<td>{Text(way)}</td><td>{Math(string.Join("<mo>·</mo>", path.Edges.Select(edge => edge.Symbol.MathMl)))}</td><td class=\"number\">{Text(string.Join(" · ", path.Edges.Select(edge => Numerals.Factor(Numerals.Matrix(edge)))))}</td><td class=\"number\">{Numerals.Short(path.Product)}</td>");
            }
            if (paths.Length > 1 && input.PathCount == input.Paths.Count)
                Row($"<td colspan=\"3\"><strong>Sum over the paths</strong></td>{Number(input.Step.Gradient)}");
            End();
        }
        if (input.PathCount > input.Paths.Count && paths.Length > 0)
            _page.Append($"<p class=\"soft\">and {Numerals.Short(input.PathCount - input.Paths.Count)} more; the backward pass adds them all without walking each.</p>\n");
        for (int i = 0; i < System.Math.Min(input.Derivatives.Count, Witness.MostRows); i++)
            _page.Append($"<p class=\"board\">{Math($"{MathMl(Witness.NameOf(_explanation, input, i))}<mo>=</mo>{input.Derivatives[i]?.MathMl ?? "<mtext>a formula too long to be read</mtext>"}")}</p>\n");
    }

    // The result's derivative by each step on the way, as a row, times the matrix of the next local derivative.
    private void WriteRows(ExplanationInput input, ExplanationPath[] paths)
    {
        foreach (ExplanationPath path in paths)
        {
            _page.Append($"<h3>{Text(string.Join(" → ", path.Edges.Select(edge => _explanation.Steps[edge.Reader].Name).Append(input.Step.Name)))}</h3>\n");
            Table("Local derivative", "Sizes", "Row so far · local derivative", "Row");
            string size = "[1×1]", row = "1";
            for (int i = 0; i < path.Edges.Count; i++)
            {
                ExplanationEdge edge = path.Edges[i];
                string next = Numerals.RowOf(path.Rows[i]);
                Row($"<td>{Math(edge.Symbol.MathMl)}</td><td class=\"soft size\">{size} · {Numerals.Size(edge.Jacobian!)}</td><td class=\"number\">{Text($"{row} · {Numerals.Factor(Numerals.Matrix(edge))}")}</td><td class=\"number\">{Text(next)}</td>");
                (size, row) = (Numerals.Size(path.Rows[i]), next);
            }
            End();
        }
        if (paths.Length > 1 && input.PathCount == input.Paths.Count)
            _page.Append($"<p>The sum over the paths: <span class=\"number\">{Text(Numerals.Short(input.Step.Gradient))}</span></p>\n");
    }

    private void WriteSecond(SecondOrder second)
    {
        _page.Append("<h2>Second order: how the derivatives change</h2>\n");
        if (second.Steps.Count > 0)
        {
            Table("First derivative", "Value", "Second derivative", "Value");
            foreach (SecondStep step in second.Steps)
                Row($"<td>{Math($"{Primed(step, 1)}<mo>=</mo>{step.First.MathMl}")}</td>{Number(step.FirstValue)}<td>{Math($"{Primed(step, 2)}<mo>=</mo>{step.Second.MathMl}")}</td>{Number(step.SecondValue)}");
        }
        else
        {
            Table(["", .. second.Names]);
            for (int row = 0; row < second.Names.Count; row++)
                Row($"<th scope=\"row\">{Text(second.Names[row])}</th>{string.Concat(Enumerable.Range(0, second.Names.Count).Select(column => Number(second[row, column].Symbolic)))}");
        }
        End();
        foreach (SecondDerivative entry in second.Entries)
            _page.Append($"<p class=\"board\">{Math($"{entry.Symbol.MathMl}<mo>=</mo>{entry.Derivative?.MathMl ?? "<mtext>a formula too long to be read</mtext>"}")}</p>\n");
        Table(["", .. Witness.SecondTitles]);
        foreach (SecondDerivative entry in second.Entries)
            Row($"<td>{Math(entry.Symbol.MathMl)}</td><td class=\"number\">{Numerals.Full(entry.Symbolic)}</td><td class=\"number\">{Numerals.Full(entry.ForwardOverReverse)}</td><td class=\"number\">{Numerals.Full(entry.Numeric)}</td>");
        End();
        _page.Append($"<p>Largest relative disagreement: <strong>{Numerals.Error(second.LargestDisagreement)}</strong></p>\n");
        foreach (string doubt in Witness.Doubts(second))
            _page.Append($"<p class=\"note\">{Text(doubt)}</p>\n");
    }

    private static string Primed(SecondStep step, int order) => MathMlNotation.Default.Name(step.Step.Name + new string('\'', order));

    private void WriteWitnesses()
    {
        _page.Append("<h2>Four witnesses</h2>\n");
        Table(["", .. Witness.Titles]);
        foreach (ExplanationInput input in _explanation.Inputs)
        {
            foreach (Witness witness in Witness.Of(_explanation, input))
                Row($"<td>{Math(MathMl(witness.Name))}</td>{string.Concat(witness.Values.Select(value => $"<td class=\"number\">{Numerals.Full(value)}</td>"))}");
        }
        End();
        _page.Append($"<p>Largest relative disagreement: <strong>{Numerals.Error(_explanation.LargestDisagreement)}</strong></p>\n");
        foreach (string doubt in Witness.Doubts(_explanation))
            _page.Append($"<p class=\"note\">{Text(doubt)}</p>\n");
        _page.Append("<ul class=\"soft\">\n");
        foreach ((string title, string meaning) in Witness.Titles.Zip(Witness.Meanings))
            _page.Append($"<li>{Text(title)}: {Text(meaning)}</li>\n");
        _page.Append("</ul>\n");
    }

    private void WriteCurves()
    {
        _page.Append("<h2>Why the step of a difference matters</h2>\n<p class=\"soft\">A large step h cuts the series off early, a tiny one drowns in rounding; the best is between.</p>\n<div class=\"curves\">\n");
        foreach (ExplanationInput input in _explanation.Inputs.Where(input => input.DifferenceCurve.Count > 0))
            _page.Append($"<figure>{CurvePicture.Write(input.DifferenceCurve, input.Step.Name)}<figcaption>by {Text(input.Step.Name)}</figcaption></figure>\n");
        _page.Append("</div>\n");
    }

    private void Table(params string[] titles) =>
        _page.Append($"<div class=\"scroll\"><table>\n<thead><tr>{string.Concat(titles.Select(title => title.Length == 0 ? "<td></td>" : $"<th scope=\"col\">{Text(title)}</th>"))}</tr></thead>\n<tbody>\n");

    private void Row(string cells) => _page.Append("<tr>").Append(cells).Append("</tr>\n");

    private void End() => _page.Append("</tbody>\n</table></div>\n");

    private static string Number(Tensor value) => $"<td class=\"number\">{Text(Numerals.Short(value))}</td>";

    private static string Math(string inner) => $"<math><mrow>{inner}</mrow></math>";

    private static string Name(ExplanationStep step) => MathMlNotation.Default.Name(step.Name);

    private string ByStep(ExplanationStep step) => MathMlNotation.Default.Derivative(Name(_explanation.Result), Name(step));

    private static string MathMl(string derivative) => derivative.Split("/∂") is [var above, var below]
        ? MathMlNotation.Default.Derivative(MathMlNotation.Default.Name(above[1..]), MathMlNotation.Default.Name(below)) : Text(derivative);

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Shortened(string text) => text.Length <= 80 ? text : $"{text[..77]}...";
}
