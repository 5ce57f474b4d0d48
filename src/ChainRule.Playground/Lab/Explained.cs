using System.Globalization;
using ChainRule.Inspect;

namespace ChainRule.Playground.Lab;

/// <summary>An expression at a place: its graph, and what each edge of it brings to the gradient.</summary>
public sealed class Explained
{
    public Explained(Expression expression, IReadOnlyList<double> values)
    {
        Tensor[] leaves = [.. values.Select(value => Tensor.From(new[] { value }, []).RequiresGrad())];
        View = GraphView.Of(() => expression.Function(leaves), gradients: true, names: expression.Inputs.Select((input, i) => (input.Name, leaves[i])));
        Value = Number(View.Nodes.First(node => node.IsResult).Value);
    }

    public double Value { get; }

    public GraphView View { get; }

    /// <summary>The gradient by an input.</summary>
    public double Gradient(string name) => Number(View.Nodes.First(node => node.Name == name).Gradient);

    /// <summary>The edges that carry a gradient.</summary>
    public IReadOnlyList<GraphViewEdge> Edges => [.. View.Edges.Where(edge => edge.LocalDerivative is not null && View.Nodes[edge.From].Gradient is not null)];

    public string Name(GraphViewEdge edge) => $"{View.Nodes[edge.From].Name} → {View.Nodes[edge.To].Name}";

    /// <summary>What the edge brings: the gradient of what reads, times the local derivative.</summary>
    public double Share(GraphViewEdge edge) => Number(View.Nodes[edge.To].Gradient) * Number(edge.LocalDerivative);

    /// <summary>The chain rule at an edge, line by line.</summary>
    public IReadOnlyList<string> Microscope(GraphViewEdge edge)
    {
        GraphViewNode from = View.Nodes[edge.From], to = View.Nodes[edge.To];
        GraphViewEdge[] paths = [.. Edges.Where(other => other.From == edge.From)];
        List<string> lines =
        [
            to.Formula,
            $"∂result/∂{to.Name} = {Text(Number(to.Gradient))}",
            $"∂{to.Name}/∂{from.Name} = {Text(Number(edge.LocalDerivative))}",
            $"this path: {Text(Number(to.Gradient))} × {Text(Number(edge.LocalDerivative))} = {Text(Share(edge))}",
        ];
        if (paths.Length > 1)
            lines.Add($"all paths: {string.Join(" + ", paths.Select(path => Text(Share(path))))}");
        lines.Add($"∂result/∂{from.Name} = {Text(Number(from.Gradient))}");
        return lines;
    }

    private static double Number(GraphValue? value) => value?.Elements is { Count: 1 } elements ? elements[0] : double.NaN;

    private static string Text(double value) => value.ToString("G10", CultureInfo.InvariantCulture);
}
