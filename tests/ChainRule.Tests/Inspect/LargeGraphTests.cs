using System.Text.Json;
using System.Xml.Linq;
using ChainRule.Inspect;

namespace ChainRule.Tests.Inspect;

/// <summary>Graphs that are large, deep or wide: everything is there, and nothing recurses.</summary>
public sealed class LargeGraphTests
{
    [Fact]
    public void Ten_thousand_nodes_are_written_in_every_format()
    {
        Tensor p = Tensor.From([1.0]).RequiresGrad(), y = p;
        for (int i = 0; i < 9_997; i++)
            y = (i % 3) switch { 0 => y * p, 1 => y.Tanh(), _ => y + p };
        GraphView view = y.Sum().ToGraph(gradients: true);
        Assert.Equal(9_999, view.Nodes.Count);
        Assert.All(view.Nodes, node => Assert.NotNull(node.Gradient));
        Assert.Equal(9_999, XDocument.Parse(view.ToSvg()).Descendants().Count(element => element.Attribute("data-id") is not null));
        Assert.Equal(9_999, JsonDocument.Parse(view.ToJson()).RootElement.GetProperty("nodes").GetArrayLength());
        Assert.Equal(10_000, view.ToText().Count(letter => letter == '\n'));
        Assert.Equal(9_999, view.ToDot().Split(" [label=\"").Length - 1 - view.Edges.Count(edge => edge.LocalDerivative is not null));
        Assert.StartsWith("flowchart", view.ToMermaid(), StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", view.ToHtml(), StringComparison.Ordinal);
        // One repetition of three, three thousand times.
        Assert.InRange(view.Fold().Nodes.Count, 2, 6);
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_is_drawn_on_a_small_stack()
    {
        const int Length = 100_000;
        GraphView? view = null, folded = null;
        int boxes = 0;
        OnSmallStack(() =>
        {
            Tensor x = Tensor.From([1.0]).RequiresGrad(), y = x * 1;
            for (int i = 0; i < Length; i++)
                y += x;
            view = y.Sum().ToGraph(gradients: true);
            folded = view.Fold();
            NodeText[] texts = [.. view.Nodes.Select(node => new NodeText(node))];
            boxes = SvgWriter.Layout(view, texts).Boxes.Length;
        });
        Assert.Equal(Length + 4, view!.Nodes.Count); // x, 1, x * 1, the additions, the sum
        Assert.Equal(view.Nodes.Count, boxes);
        Assert.Equal(Length + 1, view.Nodes[0].Gradient!.Mean);
        Assert.Equal(Length, folded!.Nodes.Single(node => node.Kind == GraphViewNodeKind.Repeat).Count);
    }

    [Fact]
    public void A_result_of_two_thousand_operands_is_drawn()
    {
        Tensor[] parts = [.. Enumerable.Range(0, 2_000).Select(i => Tensor.From([i * 1.0]).RequiresGrad())];
        GraphView view = Tensor.Concat(parts).Sum().ToGraph(gradients: true);
        Assert.Equal(2_002, view.Nodes.Count);
        XElement svg = XDocument.Parse(view.ToSvg()).Root!;
        Assert.Equal(2_001, svg.Elements().Count(element => (string?)element.Attribute("class") == "e"));
    }

    private static void OnSmallStack(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Xunit.Record.Exception(action), 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
