using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using ChainRule.Inspect;
using ChainRule.Nn;
using ChainRule.Tests.Formats;

namespace ChainRule.Tests.Inspect;

/// <summary>The six formats: each is what it claims to be, holds every node, and is not broken by names.</summary>
public sealed partial class GraphWritingTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> HostileNames =>
    [
        "<script>alert(1)</script>", "\"]; n0 -> n1 [label=\"", "'>\"&amp;--><!--", "a\nb\r\n\tc", "\\", "\\\"", "]]>", "{{drawings}}", "</style>", "`${1}`",
        "\u202Eright to left\u202C", "\0\u0001\u001b[31m", "\uD800", "\uDC00x", "数学 🙂 é", "end", "#quot;;%%{init}%%", new string('x', 1_000_000), "a..b", "..", "",
    ];

    [Fact]
    public void A_picture_has_every_node_and_every_edge()
    {
        GraphView view = Example();
        XElement svg = XDocument.Parse(view.ToSvg()).Root!;
        Assert.Equal(view.Nodes.Select(node => node.Id), Nodes(svg).Select(node => (int)node.Attribute("data-id")!));
        Assert.Equal(view.Edges.Count, svg.Elements(Svg + "path").Count(path => (string?)path.Attribute("class") == "e"));
        string[] texts = [.. svg.Descendants(Svg + "text").Select(text => text.Value)];
        Assert.All(["Multiply", "v1 = w · x", "float32[1]", "[6]", "grad [14]", "∂ 14"], text => Assert.Contains(text, texts));
        Assert.Contains("prefers-color-scheme: dark", svg.Element(Svg + "style")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_stays_in_its_box()
    {
        var model = new Sequential(new Linear(8, 300, new RandomKey(1)), new Tanh());
        GraphView view = GraphView.Of(model, Tensor.Normal([2, 8], new RandomKey(2)));
        foreach (XElement node in Nodes(XDocument.Parse(view.ToSvg()).Root!))
        {
            XElement box = node.Element(Svg + "rect")!;
            Assert.All(node.Elements(Svg + "text"), text =>
            {
                // A letter of these fonts is 0.602 of the size of 12 wide.
                double right = (double)text.Attribute("x")! + NodeText.Letters(text.Value) * 0.602 * 12;
                Assert.InRange(right, 0, (double)box.Attribute("x")! + (double)box.Attribute("width")!);
                Assert.InRange((double)text.Attribute("y")!, (double)box.Attribute("y")! + 12, (double)box.Attribute("y")! + (double)box.Attribute("height")! - 3);
            });
        }
    }

    [Fact]
    public void Json_holds_all_that_the_view_knows()
    {
        GraphView view = Example();
        JsonElement root = JsonDocument.Parse(view.ToJson()).RootElement;
        JsonElement node = root.GetProperty("nodes")[2], edge = root.GetProperty("edges")[0];
        Assert.Equal(view.Nodes.Count, root.GetProperty("nodes").GetArrayLength());
        Assert.Equal("v1 = w · x", node.GetProperty("formula").GetString());
        Assert.Equal([1], node.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()));
        Assert.Equal(6, node.GetProperty("value").GetProperty("elements")[0].GetDouble());
        Assert.Equal(14, node.GetProperty("gradient").GetProperty("mean").GetDouble());
        Assert.Equal((0, 2, 2.0), (edge.GetProperty("from").GetInt32(), edge.GetProperty("to").GetInt32(), edge.GetProperty("localDerivative").GetProperty("mean").GetDouble()));
    }

    [Fact]
    public void Numbers_that_json_does_not_have_are_null()
    {
        Tensor x = Tensor.From([double.NaN, double.NegativeInfinity]);
        JsonElement value = JsonDocument.Parse(GraphView.Of(() => x * 1).ToJson()).RootElement.GetProperty("nodes")[0].GetProperty("value");
        Assert.Equal(["[nan -inf]", "null", "null"], new[] { value.GetProperty("text").GetString() }.Concat(value.GetProperty("elements").EnumerateArray().Select(element => element.GetRawText())));
    }

    [Fact]
    public void Text_has_a_line_for_each_node() =>
        Assert.Equal(
            """
                                  type        value  gradient  local derivatives
            w (parameter)         float32[1]  [3]    [28]
            x (input)             float32[1]  [2]
            v1 = w · x            float32[1]  [6]    [14]      ∂/∂w [2]
            b (parameter)         float32[1]  [1]    [14]
            v2 = v1 + b           float32[1]  [7]    [14]      ∂/∂v1 [1], ∂/∂b [1]
            v3 = square(v2)       float32[1]  [49]   [1]       ∂/∂v2 [14]
            v4 = sum(v3; axis 0)  float32[]   49     1         ∂/∂v3 [1]

            """, Example().ToString());

    [Fact]
    public void Dot_and_mermaid_name_every_node_edge_and_module()
    {
        GraphView view = GraphView.Of(new Sequential(new Linear(2, 3, new RandomKey(1)), new Sequential(new Tanh())), Tensor.Ones([1, 2]));
        string dot = view.ToDot(), mermaid = view.ToMermaid();
        Assert.All(view.Nodes, node => Assert.Contains($"  n{node.Id} [label=", dot, StringComparison.Ordinal));
        Assert.All(view.Edges, edge => Assert.Contains($"  n{edge.From} -> n{edge.To}", dot, StringComparison.Ordinal));
        Assert.All(view.Nodes, node => Assert.Matches($"""  n{node.Id}(\(\[|\[)"[^"]*"(\]\)|\])\n""", mermaid));
        Assert.All(view.Edges, edge => Assert.Matches($"  n{edge.From} -->.* n{edge.To}\n", mermaid));
        Assert.Equal(3, dot.Split("subgraph cluster_").Length - 1);
        Assert.Equal(dot.Split('{').Length, dot.Split('}').Length);
        Assert.Equal(mermaid.Split("  subgraph ").Length, mermaid.Split("  end\n").Length);
    }

    [Theory, MemberData(nameof(HostileNames))]
    public void No_name_breaks_a_format(string name)
    {
        Tensor x = Tensor.From([2.0]).RequiresGrad();
        GraphView view = GraphView.Of(() => (x * 3).Sum(), gradients: true, names: [(name, x), (name + ".weight", Tensor.Ones([1]))]);
        XElement svg = XDocument.Parse(view.ToSvg()).Root!;
        Assert.Equal(view.Nodes.Count, Nodes(svg).Count());
        Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName is "script" or "foreignObject");
        Assert.Equal(view.Nodes.Count, JsonDocument.Parse(view.ToJson()).RootElement.GetProperty("nodes").GetArrayLength());
        Assert.Equal(view.Nodes.Count + 1, view.ToText().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.All(view.ToText(), letter => Assert.True(letter == '\n' || !char.IsControl(letter)));

        string dot = view.ToDot();
        // With its strings taken out, what is left is the same for every name.
        Assert.Equal(Skeleton(Example2().ToDot()), Skeleton(dot));
        string mermaid = view.ToMermaid();
        Assert.Equal(Quoted().Replace(Example2().ToMermaid(), "\"\""), Quoted().Replace(mermaid, "\"\""));

        static string Skeleton(string dot) => EscapedString().Replace(dot, "\"\"");
        static GraphView Example2()
        {
            Tensor y = Tensor.From([2.0]).RequiresGrad();
            return GraphView.Of(() => (y * 3).Sum(), gradients: true, names: [("name", y)]);
        }
    }

    [Theory, MemberData(nameof(HostileNames))]
    public void No_name_breaks_the_page(string name)
    {
        Tensor x = Tensor.From([2.0]).RequiresGrad();
        string page = GraphView.Of(() => (x * 3).Sum(), names: [(name, x)]).ToHtml(name);
        XElement html = Parse(page);
        Assert.Equal(2, html.Descendants("script").Count());
        string title = html.Descendants("title").Single().Value;
        Assert.Equal(title, html.Descendants("h1").Single().Value);
        Assert.DoesNotContain('\n', title);
        JsonElement details = JsonDocument.Parse(html.Descendants("script").Single(script => (string?)script.Attribute("id") == "details").Value).RootElement;
        Assert.All(details.EnumerateObject(), level => Assert.NotEqual(0, level.Value.GetArrayLength()));
    }

    [Fact]
    public void The_page_has_every_level_and_module_and_needs_nothing_else()
    {
        var model = new Sequential();
        for (int i = 0; i < 4; i++)
            model.Add(new Sequential(new Linear(2, 2, new RandomKey(i)), new Tanh()));
        GraphView view = GraphView.Of(model, Tensor.Ones([1, 2]));
        string page = view.ToHtml();
        XElement html = Parse(page);
        string[] levels = [.. html.Descendants("section").Select(section => (string)section.Attribute("data-level")!)];
        Assert.Superset(new HashSet<string> { "depth1", "depth1-folded", "depth2", "all", "all-folded", "module:0", "module:0.0", "module:3.1" }, levels.ToHashSet());
        JsonElement details = JsonDocument.Parse(html.Descendants("script").Single(script => (string?)script.Attribute("id") == "details").Value).RootElement;
        Assert.Equal(levels, details.EnumerateObject().Select(level => level.Name));
        foreach (XElement section in html.Descendants("section"))
            Assert.Equal(details.GetProperty((string)section.Attribute("data-level")!).GetArrayLength(), Nodes(section.Elements().Single()).Count());
        Assert.Equal("depth1-folded", levels[0]);
        Assert.DoesNotMatch("""(src|href)=|@import|https?://(?!www\.w3\.org/2000/svg)""", page);
        Assert.All(Nodes(html.Descendants("section").First().Elements().Single()), node => Assert.Equal("0", (string?)node.Attribute("tabindex")));
    }

    [Theory]
    [InlineData("graph.svg", "<svg")]
    [InlineData("graph.HTML", "<!DOCTYPE html>")]
    [InlineData("graph.dot", "digraph {")]
    [InlineData("graph.mmd", "flowchart TD")]
    [InlineData("graph.json", "{")]
    [InlineData("graph.txt", " ")]
    public void The_ending_of_the_name_chooses_the_format(string name, string beginning)
    {
        using var folder = new TemporaryFolder();
        Example().Save(folder.File(name));
        Assert.StartsWith(beginning, File.ReadAllText(folder.File(name)), StringComparison.Ordinal);
        Assert.Equal([name], folder.Listing);
    }

    [Theory]
    [InlineData("graph.png")]
    [InlineData("graph")]
    [InlineData("graph.svg.bak")]
    public void An_unknown_ending_lists_the_known_ones(string name)
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<ArgumentException>(() => Example().Save(folder.File(name)));
        Assert.Contains(".svg, .html, .dot, .mmd, .json, .txt", error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Listing);
    }

    [Fact]
    public void A_missing_folder_is_an_io_error() =>
        Assert.Throws<DirectoryNotFoundException>(() => Example().Save(Path.Combine("no such folder", "graph.svg")));

    private static GraphView Example()
    {
        Tensor x = [2f], w = [3f], b = [1f];
        w.RequiresGrad();
        b.RequiresGrad();
        return (w * x + b).Square().Sum().ToGraph(gradients: true, names: [("x", x), ("w", w), ("b", b)]);
    }

    private static IEnumerable<XElement> Nodes(XElement svg) => svg.Elements(Svg + "g").Where(group => ((string?)group.Attribute("class"))?.StartsWith("n ", StringComparison.Ordinal) == true);

    // The page is well-formed apart from attributes without a value, and its script and style, which may hold any text.
    private static XElement Parse(string page)
    {
        string wellFormed = page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal);
        wellFormed = Valueless().Replace(wellFormed, " $1=\"\"$2");
        wellFormed = ScriptOrStyle().Replace(wellFormed, match => $"{match.Groups[1].Value}<![CDATA[{match.Groups[3].Value}]]>{match.Groups[4].Value}");
        using var reader = XmlReader.Create(new StringReader(wellFormed));
        return XDocument.Load(reader).Root!;
    }

    [GeneratedRegex(""" (hidden|selected)(>|\s)""")]
    private static partial Regex Valueless();

    [GeneratedRegex("""(<(script|style)[^>]*>)(.*?)(</\2>)""", RegexOptions.Singleline)]
    private static partial Regex ScriptOrStyle();

    [GeneratedRegex("""
        "(\\.|[^"\\])*"
        """)]
    private static partial Regex EscapedString();

    [GeneratedRegex("""
        "[^"]*"
        """)]
    private static partial Regex Quoted();
}
