using ChainRule.Explain.Parsing;
using ChainRule.Explain.Working;
using ChainRule.Explain.Writing;
using ChainRule.Inspect;

namespace ChainRule.Explain;

/// <summary>
/// The chain rule worked out for an expression at a point: the steps with their local derivatives, the products along the edges,
/// and the derivative by each input, found in four ways. Immutable; the writers show it as text, Markdown and HTML.
/// </summary>
public sealed class Explanation
{
    internal const string InputOperation = "input";

    /// <summary>The second derivatives.</summary>
    internal const int HighestOrder = 2;

    /// <summary>The most ways that <see cref="ExplanationInput.Paths"/> holds.</summary>
    public const int MostPaths = 12;

    private Explanation(string expression, Board board, int order)
    {
        Expression = expression;
        ExplanationStep[] steps = new Chain(board).Steps();
        var witnesses = new Witnesses(board, steps);
        (Steps, Inputs, Notes, IsSummed) = (steps, witnesses.Inputs(), board.Notes, board.IsSummed);
        Graph = Drawn(witnesses, steps);
        Second = order == HighestOrder ? new Curvature(board, witnesses, steps).Work() : null;
    }

    /// <summary>The expression as it was given.</summary>
    public string Expression { get; }

    /// <summary>The inputs, then the operations; the last is the result, a single number.</summary>
    public IReadOnlyList<ExplanationStep> Steps { get; }

    /// <summary>The derivatives, in the order in which the inputs appear in the expression.</summary>
    public IReadOnlyList<ExplanationInput> Inputs { get; }

    /// <summary>The last step.</summary>
    public ExplanationStep Result => Steps[^1];

    /// <summary>Whether the expression has more than one element, and a sum was added as the last step: its backward pass begins with ones.</summary>
    public bool IsSummed { get; }

    /// <summary>Sentences on what is special at this point: kinks, and the convention used there.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The library's own view of the same computation.</summary>
    public GraphView Graph { get; }

    /// <summary>The second derivatives; null unless they were asked for.</summary>
    public SecondOrder? Second { get; }

    /// <summary>The largest disagreement of the witnesses for any input; NaN where one is no number.</summary>
    public double LargestDisagreement => Inputs.Any(input => double.IsNaN(input.LargestDisagreement)) ? double.NaN : Inputs.Max(input => input.LargestDisagreement);

    /// <summary>Works out an expression.</summary>
    /// <param name="expression">Such as <c>sigmoid(w.x + b)</c>; see docs/how-to/explain.md for what can be written.</param>
    /// <param name="values">A number, a vector or a matrix for each variable.</param>
    /// <param name="order">1 for the derivatives, 2 for the second derivatives, too.</param>
    /// <exception cref="ExpressionException">The expression cannot be read, a value is missing, or there is no value at this point.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The order is neither 1 nor 2.</exception>
    public static Explanation Of(string expression, IReadOnlyDictionary<string, Tensor> values, int order = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, HighestOrder);
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(values);
        return new Explanation(expression, new Board(expression, values), order);
    }

    /// <inheritdoc cref="Of(string, IReadOnlyDictionary{string, Tensor}, int)"/>
    public static Explanation Of(string expression, params (string Name, Tensor Value)[] values) => Of(expression, 1, values);

    /// <inheritdoc cref="Of(string, IReadOnlyDictionary{string, Tensor}, int)"/>
    public static Explanation Of(string expression, int order, params (string Name, Tensor Value)[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var byName = new Dictionary<string, Tensor>();
        foreach ((string name, Tensor value) in values)
        {
            if (!byName.TryAdd(name, value))
                throw new ExpressionException($"{name} is given two values.", expression, 1);
        }
        return Of(expression, byName, order);
    }

    /// <summary>The names that an expression needs values for, in the order in which they appear.</summary>
    /// <exception cref="ExpressionException">The expression cannot be read.</exception>
    public static IReadOnlyList<string> Variables(string expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return Board.Variables(expression);
    }

    /// <summary>Reads the value of a variable: <c>x=2</c>, <c>w=[0.5,-0.2]</c>, <c>W=[[1,2],[3,4]]</c>.</summary>
    /// <exception cref="ExpressionException">It cannot be read.</exception>
    public static (string Name, Tensor Value) ReadValue(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return GivenValues.Read(text);
    }

    /// <summary>For a terminal.</summary>
    /// <param name="width">The letters in a line; longer lines are broken.</param>
    /// <param name="isPlain">Whether only the letters of ASCII may be used.</param>
    public string ToText(int width = 100, bool isPlain = false) => TextPage.Write(this, width, isPlain);

    /// <summary>Markdown with LaTeX between dollar signs, as GitHub and notebooks show it.</summary>
    public string ToMarkdown() => MarkdownPage.Write(this);

    /// <summary>A page that needs nothing else: formulas in MathML, the graph and the curve as pictures.</summary>
    public string ToHtml() => HtmlPage.Write(this);

    /// <summary>All of it as JSON: the steps with their edges, the derivatives with their witnesses, ways and curves, and the second derivatives if there are any. A number that JSON cannot hold is a text, such as "NaN".</summary>
    /// <param name="isPlain">Whether only the letters of ASCII may be used: others are escaped by their number.</param>
    public string ToJson(bool isPlain = false) => JsonPage.Write(this, isPlain);

    private static GraphView Drawn(Witnesses witnesses, ExplanationStep[] steps)
    {
        ExplanationStep[] inputs = [.. steps.Where(step => step.IsInput)];
        Tensor[] leaves = [.. inputs.Select(step => Tensor.From<double>(step.Value.ToArray<double>(), step.Shape).RequiresGrad())];
        (string, Tensor)[] names = [.. inputs.Zip(leaves, (step, leaf) => (step.Name, leaf))];
        try
        {
            return GraphView.Of(() => witnesses.Run(leaves), gradients: true, names: names);
        }
        catch (DifferentiationException)
        {
            // sign and its like have no derivative to carry back.
            return GraphView.Of(() => witnesses.Run(leaves), names: names);
        }
    }
}
