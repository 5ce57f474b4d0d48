using ChainRule.Nn;

namespace ChainRule.Inspect;

/// <summary>
/// What was computed from what: nodes with operation, formula, shape, value and gradient, and edges with local derivatives, to look at as a
/// picture, a page or a text. Immutable: it holds no tensor, and shows what the numbers were when it was made.
/// </summary>
public sealed partial class GraphView
{
    private readonly GraphViewNode[] _nodes;
    private readonly GraphViewEdge[] _edges;

    internal GraphView(GraphViewNode[] nodes, GraphViewEdge[] edges, IReadOnlyDictionary<string, string> modules) =>
        (_nodes, _edges, Modules) = (nodes, edges, modules);

    /// <summary>The nodes; operands come before what reads them.</summary>
    public IReadOnlyList<GraphViewNode> Nodes => _nodes;

    /// <summary>The edges, in the order of the nodes that they lead to.</summary>
    public IReadOnlyList<GraphViewEdge> Edges => _edges;

    /// <summary>What is known of the modules, by path: <c>Linear(2, 8)</c>.</summary>
    public IReadOnlyDictionary<string, string> Modules { get; }

    /// <summary>The history of a tensor, as far as it was recorded.</summary>
    /// <param name="result">A tensor that something with a gradient was computed into.</param>
    /// <param name="gradients">Whether to find the gradient of the result by each value. No <see cref="Tensor.Grad"/> changes.</param>
    /// <param name="names">What to call tensors: <c>[("w", w), ("x", x)]</c> or <c>model.NamedParameters()</c>, whose paths also group what they are used in.</param>
    /// <param name="seed">The cotangent of the result; 1 for a single number.</param>
    /// <remarks>
    /// Values that the derivative does not need are computed again where what they were made of is known. What was added as a constant is
    /// not; <see cref="Of(Func{Tensor}, bool, Module?, IEnumerable{ValueTuple{string, Tensor}}?)"/> sees everything.
    /// </remarks>
    /// <exception cref="DifferentiationException">The tensor has no history, a backward pass has freed it, or gradients have no beginning.</exception>
    public static GraphView Of(Tensor result, bool gradients = false, IEnumerable<(string Name, Tensor Value)>? names = null, Tensor? seed = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        Recording.Current?.Refuse("ToGraph", "Take the graph of the compiled function: GraphView.Of(compiled.Graph).");
        return new TapeWalk(result, new GivenNames(names)).View(gradients, seed);
    }

    /// <summary>All that the result of a function is made of, tracked or not, seen while it runs once on this thread.</summary>
    /// <param name="function">Computes the result.</param>
    /// <param name="gradients">Whether to find the gradient of the result, a single number, by each tracked value. No <see cref="Tensor.Grad"/> changes.</param>
    /// <param name="module">The model in it, whose parts are named by their paths.</param>
    /// <param name="names">What to call further tensors.</param>
    /// <exception cref="DifferentiationException">Gradients are asked for, and the result is not tracked or not a single number.</exception>
    public static GraphView Of(Func<Tensor> function, bool gradients = false, Module? module = null, IEnumerable<(string Name, Tensor Value)>? names = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        Recording.Current?.Refuse("GraphView.Of", "Take the graph of the compiled function: GraphView.Of(compiled.Graph).");
        return new CallWatch(module, new GivenNames(names)).View(function, input: null, gradients);
    }

    /// <summary>What a module does to an input, grouped by the modules inside; they are seen where they are called by <see cref="Module.Apply"/>.</summary>
    /// <param name="module">Is applied once, in the mode in which it is.</param>
    /// <param name="input">What goes in.</param>
    public static GraphView Of(Module module, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(input);
        Recording.Current?.Refuse("GraphView.Of", "Take the graph of the compiled function: GraphView.Of(compiled.Graph).");
        return new CallWatch(module, new GivenNames([("input", input)])).View(() => module.Apply(input), input, gradients: false);
    }

    /// <summary>The graph of a compiled function. It has values only where they are the same at each replay.</summary>
    public static GraphView Of(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return RecordedGraph.View(graph);
    }

    /// <summary>The same with each module at a depth drawn as one node: 1 for the outermost.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The depth is less than 1.</exception>
    public GraphView Collapse(int depth = 1)
    {
        Bounds.AtLeast(depth, 1, nameof(Collapse), nameof(depth));
        return Collapsing.Run(this, depth);
    }

    /// <summary>The same with what is repeated alike, one after the other, drawn once with its count.</summary>
    /// <param name="atLeast">From how many repetitions on.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 2.</exception>
    public GraphView Fold(int atLeast = 3)
    {
        Bounds.AtLeast(atLeast, 2, nameof(Fold), nameof(atLeast));
        return Folding.Run(this, atLeast);
    }
}
