using ChainRule.Inspect;

namespace ChainRule.Tests.Inspect;

/// <summary>The rules of the picture, on graphs of every kind.</summary>
public sealed class LayeredLayoutTests
{
    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(2, 2, 1)]
    [InlineData(3, 10, 2)]
    [InlineData(4, 60, 2)]
    [InlineData(5, 200, 3)]
    [InlineData(6, 400, 1)]
    [InlineData(7, 40, 8)]
    public void Boxes_stand_apart_edges_go_down_and_pass_no_box(int seed, int count, int operands)
    {
        float[] random = Tensor.Uniform([count * (operands + 2)], new RandomKey(seed)).ToArray<float>();
        int next = 0;
        List<(double, double)> sizes = [];
        List<(int From, int To)> edges = [];
        for (int node = 0; node < count; node++)
        {
            sizes.Add((60 + 200 * random[next++], 30 + 80 * random[next++]));
            for (int i = 0; i < operands; i++)
            {
                // Most edges are short, some are long.
                double back = random[next++];
                int from = node - 1 - (int)(node * back * back * back * back);
                if (node > 0 && from >= 0 && from < node)
                    edges.Add((from, node));
            }
        }
        Check(LayeredLayout.Of(sizes, edges, _ => 50), sizes, edges);
    }

    [Fact]
    public void A_source_that_everything_reads_is_named_where_a_line_would_be_too_long()
    {
        List<(double, double)> sizes = [.. Enumerable.Repeat((80.0, 40.0), 201)];
        List<(int From, int To)> edges = [.. Enumerable.Range(1, 200).SelectMany(i => new[] { (i - 1, i), (0, i) })];
        LayeredLayout layout = LayeredLayout.Of(sizes, edges, _ => 50);
        Assert.NotEmpty(layout.Signs);
        Check(layout, sizes, edges);
    }

    [Fact]
    public void A_chain_is_drawn_straight_down()
    {
        List<(double, double)> sizes = [.. Enumerable.Range(0, 50).Select(i => (80.0 + i % 7 * 10, 40.0))];
        LayeredLayout layout = LayeredLayout.Of(sizes, [.. Enumerable.Range(1, 49).Select(i => (i - 1, i))], _ => 50);
        Assert.All(layout.Boxes, box => Assert.Equal(layout.Boxes[0].Middle, box.Middle, 1e-6));
    }

    [Fact]
    public void What_only_joins_a_chain_does_not_bend_it()
    {
        List<(double, double)> sizes = [.. Enumerable.Repeat((80.0, 40.0), 41)];
        // 0 -> 2 -> 4 -> ..., and each of 1, 3, 5, ... joins it.
        List<(int, int)> edges = [.. Enumerable.Range(0, 20).SelectMany(i => new[] { (2 * i, 2 * i + 2), (2 * i + 1, 2 * i + 2) })];
        LayeredLayout layout = LayeredLayout.Of(sizes, edges, _ => 50);
        Assert.InRange(layout.Width, 0, 400);
    }

    [Fact]
    public void Crossings_that_can_be_avoided_are_avoided()
    {
        // Two rows of five, joined in reverse order: no crossing once one row is turned round.
        List<(double, double)> sizes = [.. Enumerable.Repeat((80.0, 40.0), 10)];
        var grid = new LayerGrid(sizes, [.. Enumerable.Range(0, 5).Select(i => (i, 9 - i))], _ => 50);
        var places = new int[10];
        foreach (int[] layer in grid.Layers)
        {
            for (int i = 0; i < layer.Length; i++)
                places[layer[i]] = i;
        }
        Assert.Equal(10, CrossingReduction.Crossings(grid, places));
        CrossingReduction.Run(grid);
        foreach (int[] layer in grid.Layers)
        {
            for (int i = 0; i < layer.Length; i++)
                places[layer[i]] = i;
        }
        Assert.Equal(0, CrossingReduction.Crossings(grid, places));
    }

    [Fact]
    public void Nothing_is_a_picture_too()
    {
        LayeredLayout layout = LayeredLayout.Of([], [], _ => 50);
        Assert.Empty(layout.Boxes);
        Assert.True(double.IsFinite(layout.Width + layout.Height));
    }

    internal static void Check(LayeredLayout layout, IReadOnlyList<(double Width, double Height)> sizes, IReadOnlyList<(int From, int To)> edges)
    {
        Box[] all = [.. layout.Boxes, .. layout.Signs.Select(sign => sign.Box)];
        Assert.Equal(sizes, layout.Boxes.Select(box => (box.Width, box.Height)));
        for (int i = 0; i < all.Length; i++)
        {
            Assert.True(all[i].X >= 0 && all[i].Y >= 0 && all[i].Right <= layout.Width && all[i].Bottom <= layout.Height);
            for (int j = 0; j < i; j++)
                Assert.False(all[i].Overlaps(all[j]), $"boxes {i} and {j} overlap");
        }
        Assert.Equal(edges.Count, layout.Routes.Length);
        foreach (Route route in layout.Routes)
            Check(route, layout, edges[route.Edge]);
    }

    private static void Check(Route route, LayeredLayout layout, (int From, int To) edge)
    {
        Box from = route.IsReference ? layout.Signs.Single(sign => sign.Edge == route.Edge).Box : layout.Boxes[edge.From], to = layout.Boxes[edge.To];
        Assert.Equal((from.Middle, from.Bottom, to.Y), (route.Points[0].X, route.Points[0].Y, route.Points[^1].Y));
        Assert.InRange(route.Points[^1].X, to.X, to.Right);
        for (int i = 1; i < route.Points.Length; i++)
        {
            Assert.True(route.Points[i].Y >= route.Points[i - 1].Y, "an edge goes up");
            for (double t = 0; t <= 1; t += 0.125)
            {
                (double x, double y) = On(route.Points[i - 1], route.Points[i], t);
                Assert.DoesNotContain(layout.Boxes, box => x > box.X + 0.01 && x < box.Right - 0.01 && y > box.Y + 0.01 && y < box.Bottom - 0.01);
            }
        }
    }

    // The cubic that the picture draws: its tangents are vertical, its inner points halfway down.
    private static (double X, double Y) On((double X, double Y) a, (double X, double Y) b, double t)
    {
        double s = 1 - t, middle = (a.Y + b.Y) / 2;
        return (a.X * s * s * (s + 3 * t) + b.X * t * t * (t + 3 * s), a.Y * s * s * s + middle * 3 * s * t * (s + t) + b.Y * t * t * t);
    }
}
