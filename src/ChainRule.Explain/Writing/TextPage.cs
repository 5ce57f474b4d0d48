using System.Text;

namespace ChainRule.Explain.Writing;

/// <summary>An explanation for a terminal.</summary>
internal sealed class TextPage
{
    private const int Narrowest = 40;

    private readonly Explanation _explanation;
    private readonly int _width;
    private readonly bool _isPlain;
    private readonly StringBuilder _page = new();

    private TextPage(Explanation explanation, int width, bool isPlain) => (_explanation, _width, _isPlain) = (explanation, Math.Max(Narrowest, width), isPlain);

    public static string Write(Explanation explanation, int width, bool isPlain)
    {
        var page = new TextPage(explanation, width, isPlain);
        page.WriteAll();
        return page._page.ToString();
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
        if (_explanation.Second is { } second)
            WriteSecond(second);
    }

    private void WriteForward()
    {
        Heading("Forward: one operation at a time");
        var grid = new Grid(_width, _isPlain);
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
        var grid = new Grid(_width, _isPlain);
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
            WritePaths(input.Paths);
            if (input.PathCount > input.Paths.Count)
                Sentence($"  and {Numerals.Short(input.PathCount - input.Paths.Count)} more; the backward pass adds them all without walking each.");
            else if (input.Paths.Count > 1)
                Sentence($"  sum: {string.Join(" + ", input.Paths.Select(path => Numerals.Factor(Numerals.Short(path.Product))))} = {Numerals.Short(input.Step.Gradient)}");
        }
        for (int i = 0; i < Math.Min(input.Derivatives.Count, Witness.MostRows); i++)
            Sentence($"  {Witness.NameOf(_explanation, input, i)} = {input.Derivatives[i]?.Text ?? "(a formula too long to be read)"}");
        Sentence($"  ∂{result}/∂{name} = {Numerals.Short(input.Step.Gradient)}{(input.Step.Shape.Rank > 0 ? $", of the shape of {name}: {input.Step.Shape}" : "")}");
    }

    private void WritePaths(IReadOnlyList<ExplanationPath> paths)
    {
        var scalar = new Grid(_width, _isPlain);
        for (int i = 0; i < paths.Count; i++)
        {
            if (paths[i].IsScalar)
                scalar.Add($"path {i + 1}:", Way(paths[i]), $"{string.Join(" · ", paths[i].Edges.Select(edge => Numerals.Factor(Numerals.Matrix(edge))))} = {Numerals.Short(paths[i].Product)}");
        }
        scalar.WriteTo(_page);
        for (int i = 0; i < paths.Count; i++)
        {
            if (!paths[i].IsScalar)
                WriteRows(i + 1, paths[i]);
        }
    }

    // The result's derivative by each step on the way, as a row, times the matrix of the next local derivative.
    private void WriteRows(int number, ExplanationPath path)
    {
        Sentence($"  path {number}: {Way(path)}, each row times the next local derivative{(path.Edges.Any(edge => _explanation.Steps[edge.Operand].Shape.Rank == 2) ? "; matrices are counted row by row" : "")}");
        var grid = new Grid(_width, _isPlain);
        // Products of matrices, which the sign of an elementwise product would hide in plain text.
        string size = "[1×1]", row = "1", sign = _isPlain ? "@" : "·";
        for (int i = 0; i < path.Edges.Count; i++)
        {
            ExplanationEdge edge = path.Edges[i];
            string next = Numerals.RowOf(path.Rows[i]), nextSize = Numerals.Size(path.Rows[i]);
            grid.Add($"  {edge.Symbol}", $"{size} {sign} {Numerals.Size(edge.Jacobian!)}", $"{row} {sign} {Numerals.Factor(Numerals.Matrix(edge))}", $"= {next}");
            (size, row) = (nextSize, next);
        }
        grid.WriteTo(_page);
    }

    private string Way(ExplanationPath path) =>
        string.Join(" → ", path.Edges.Select(edge => _explanation.Steps[edge.Reader].Name).Append(_explanation.Steps[path.Edges[^1].Operand].Name));

    private void WriteWitnesses()
    {
        Heading("Four witnesses");
        var grid = new Grid(_width, _isPlain);
        grid.Add(["", .. Witness.Titles]);
        foreach (ExplanationInput input in _explanation.Inputs)
        {
            foreach (Witness witness in Witness.Of(_explanation, input))
                grid.Add([witness.Name, .. witness.Values.Select(Numerals.Full)]);
        }
        grid.WriteTo(_page);
        Sentence($"  largest relative disagreement: {Numerals.Error(_explanation.LargestDisagreement)}");
        foreach (string doubt in Witness.Doubts(_explanation))
            Sentence($"  {doubt}");
        foreach (ExplanationInput input in _explanation.Inputs.Where(input => input.DifferenceCurve.Count > 0))
        {
            DifferencePoint best = input.DifferenceCurve.MinBy(point => point.Error)!, finest = input.DifferenceCurve[^1];
            Sentence($"  plain differences by {input.Step.Name}: error {Numerals.Error(input.DifferenceCurve[0].Error)} at h = {Numerals.Error(input.DifferenceCurve[0].Step)}, least {Numerals.Error(best.Error)} at h = {Numerals.Error(best.Step)}, {Numerals.Error(finest.Error)} at h = {Numerals.Error(finest.Step)}");
        }
    }

    private void WriteSecond(SecondOrder second)
    {
        if (second.Steps.Count > 0)
        {
            string input = second.Names[0];
            Heading($"Second order: how the derivative by {input} changes with {input}");
            Sentence($"  u' is the derivative of u by {input}, u'' the derivative of that; each follows from those of the steps before.");
            var chain = new Grid(_width, _isPlain);
            foreach (SecondStep step in second.Steps)
            {
                string[] first = [$"{step.Step.Name}'", $"= {step.First}", $"= {Numerals.Short(step.FirstValue)}"], bend = [$"{step.Step.Name}''", $"= {step.Second}", $"= {Numerals.Short(step.SecondValue)}"];
                chain.Add(step.Step.IsInput ? first[..2] : first);
                chain.Add(step.Step.IsInput ? bend[..2] : bend);
            }
            chain.WriteTo(_page);
        }
        else
        {
            WriteHessian(second);
        }
        Heading("The second derivatives");
        foreach (SecondDerivative entry in second.Entries)
            Sentence($"  {entry.Symbol} = {entry.Derivative?.Text ?? "(a formula too long to be read)"}");
        Heading("Three witnesses of the second derivatives");
        var grid = new Grid(_width, _isPlain);
        grid.Add(["", .. Witness.SecondTitles]);
        foreach (SecondDerivative entry in second.Entries)
            grid.Add(entry.Symbol.Text, Numerals.Full(entry.Symbolic), Numerals.Full(entry.ForwardOverReverse), Numerals.Full(entry.Numeric));
        grid.WriteTo(_page);
        Sentence($"  largest relative disagreement: {Numerals.Error(second.LargestDisagreement)}");
        foreach (string doubt in Witness.Doubts(second))
            Sentence($"  {doubt}");
    }

    private void WriteHessian(SecondOrder second)
    {
        Heading($"Second order: how each derivative changes with each input (the Hessian of {_explanation.Result.Name})");
        var grid = new Grid(_width, _isPlain);
        grid.Add(["", .. second.Names]);
        for (int row = 0; row < second.Names.Count; row++)
            grid.Add([second.Names[row], .. Enumerable.Range(0, second.Names.Count).Select(column => Numerals.Short(second[row, column].Symbolic))]);
        grid.WriteTo(_page);
    }

    private void Heading(string text) => _page.Append('\n').Append(_isPlain ? AsciiText.Of(text) : text).Append('\n');

    // Broken at spaces; what has none stays whole.
    private void Sentence(string text)
    {
        if (_isPlain)
            text = AsciiText.Of(text);
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
}
