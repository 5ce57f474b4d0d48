using System.Globalization;
using System.Text;
using ChainRule.Inspect;

namespace ChainRule.TensorBoard;

/// <summary>A graph as a GraphDef message: nodes with their operation and the names of what they read.</summary>
internal static class GraphDefinition
{
    public static byte[] Of(GraphView graph)
    {
        Dictionary<int, string> names = graph.Nodes.ToDictionary(node => node.Id, NameOf);
        ILookup<int, GraphViewEdge> reads = graph.Edges.ToLookup(edge => edge.To);
        return Message.Of(output =>
        {
            foreach (GraphViewNode node in graph.Nodes)
                Message.Field(output, 1, NodeOf(node, names, reads[node.Id]));
            // A version from which on TensorBoard reads graphs.
            Message.Field(output, 4, Message.Of(versions => Message.Field(versions, 1, 22L)));
        });
    }

    private static byte[] NodeOf(GraphViewNode node, Dictionary<int, string> names, IEnumerable<GraphViewEdge> reads) => Message.Of(output =>
    {
        Message.Field(output, 1, names[node.Id]);
        Message.Field(output, 2, node.Kind == GraphViewNodeKind.Operation || node.Operation.Length > 0 ? node.Operation : $"{node.Kind}");
        foreach (GraphViewEdge edge in reads.OrderBy(edge => edge.Operand))
            Message.Field(output, 3, names[edge.From]);
        byte[] text = Message.Of(value => Message.Field(value, 2, $"{node.Formula} {node.DType}{node.Shape}".Trim()));
        Message.Field(output, 5, Message.Of(attribute =>
        {
            Message.Field(attribute, 1, "value");
            Message.Field(attribute, 2, text);
        }));
    });

    // TensorBoard groups nodes by the parts of their names, and takes only these signs; the number makes a name the only one.
    private static string NameOf(GraphViewNode node)
    {
        var name = new StringBuilder();
        foreach (char letter in node.Module.Length > 0 ? $"{node.Module.Replace('.', '/')}/{node.Name}" : node.Name)
            name.Append(char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '/' or '-' ? letter : '_');
        return string.Create(CultureInfo.InvariantCulture, $"{name}_{node.Id}").TrimStart('/', '-', '_');
    }
}
