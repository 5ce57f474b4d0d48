namespace ChainRule.Inspect;

/// <summary>
/// A picture of a directed graph in layers: every edge goes down, boxes do not overlap, and no edge passes through a box, as curves lie between
/// layers only and edges pass a layer straight down where it is free. Nothing recurses.
/// </summary>
internal sealed class LayeredLayout
{
    /// <summary>The room above a box in which an edge comes straight down and a label can stand.</summary>
    public const double LabelRoom = 22;

    private const double LayerGap = 62, Margin = 24;

    private LayeredLayout(Box[] boxes, Route[] routes, (int Edge, Box Box)[] signs, double width, double height) =>
        (Boxes, Routes, Signs, Width, Height) = (boxes, routes, signs, width, height);

    /// <summary>One for each node.</summary>
    public Box[] Boxes { get; }

    /// <summary>One for each edge.</summary>
    public Route[] Routes { get; }

    /// <summary>For edges that are too long to draw: where their source is named.</summary>
    public (int Edge, Box Box)[] Signs { get; }

    public double Width { get; }

    public double Height { get; }

    /// <param name="sizes">The size of each box.</param>
    /// <param name="edges">From smaller numbers to larger ones; those into one box in the order of their ends.</param>
    /// <param name="signWidth">How wide the sign for a box is.</param>
    public static LayeredLayout Of(IReadOnlyList<(double Width, double Height)> sizes, IReadOnlyList<(int From, int To)> edges, Func<int, double> signWidth)
    {
        var grid = new LayerGrid(sizes, edges, signWidth);
        CrossingReduction.Run(grid);
        double[] middles = Alignment.Run(grid);
        double left = double.PositiveInfinity, right = double.NegativeInfinity;
        for (int i = 0; i < middles.Length; i++)
            (left, right) = (Math.Min(left, middles[i] - grid.Width(i) / 2), Math.Max(right, middles[i] + grid.Width(i) / 2));
        (double[] tops, double[] bottoms) = Bands(grid);
        Box[] boxes = [.. middles.Select((middle, i) => new Box(middle - grid.Width(i) / 2 - left + Margin, tops[grid.LayerOf(i)] + (grid.IsSign(i) ? bottoms[grid.LayerOf(i)] - tops[grid.LayerOf(i)] - grid.Height(i) : 0), grid.Width(i), grid.Height(i)))];
        Route[] routes = Routed(grid, boxes, tops, bottoms, edges);
        (int, Box)[] signs = [.. routes.Where(route => route.IsReference).Select(route => (route.Edge, boxes[grid.Ways[route.Edge][0]]))];
        double width = boxes.Length == 0 ? 0 : right - left;
        return new(boxes[..sizes.Count], routes, signs, width + 2 * Margin, (bottoms.Length == 0 ? 0 : bottoms[^1]) + Margin);
    }

    // Where each layer begins and ends.
    private static (double[] Tops, double[] Bottoms) Bands(LayerGrid grid)
    {
        var tops = new double[grid.Layers.Length];
        var bottoms = new double[tops.Length];
        for (int i = 0; i < tops.Length; i++)
        {
            tops[i] = i == 0 ? Margin : bottoms[i - 1] + LayerGap;
            bottoms[i] = tops[i] + grid.Layers[i].Max(grid.Height);
        }
        return (tops, bottoms);
    }

    private static Route[] Routed(LayerGrid grid, Box[] boxes, double[] tops, double[] bottoms, IReadOnlyList<(int From, int To)> edges)
    {
        double[] ports = Ports(grid, boxes, edges);
        var routes = new Route[edges.Count];
        for (int edge = 0; edge < routes.Length; edge++)
        {
            int[] way = grid.Ways[edge];
            Box first = boxes[way[0]], last = boxes[way[^1]];
            List<(double X, double Y)> points = [(first.Middle, first.Bottom), (first.Middle, bottoms[grid.LayerOf(way[0])])];
            foreach (int pass in way.AsSpan(1..^1))
            {
                points.Add((boxes[pass].Middle, tops[grid.LayerOf(pass)]));
                points.Add((boxes[pass].Middle, bottoms[grid.LayerOf(pass)]));
            }
            points.Add((ports[edge], last.Y - LabelRoom));
            points.Add((ports[edge], last.Y));
            routes[edge] = new(edge, [.. points], grid.IsSign(way[0]));
        }
        return routes;
    }

    // Where edges enter a box: side by side, in the order in which they come.
    private static double[] Ports(LayerGrid grid, Box[] boxes, IReadOnlyList<(int From, int To)> edges)
    {
        var ports = new double[edges.Count];
        IEnumerable<IGrouping<int, int>> byBox = Enumerable.Range(0, edges.Count).GroupBy(edge => edges[edge].To);
        foreach (IGrouping<int, int> into in byBox)
        {
            int[] inOrder = [.. into.OrderBy(edge => boxes[grid.Ways[edge][^2]].Middle)];
            Box box = boxes[into.Key];
            for (int i = 0; i < inOrder.Length; i++)
                ports[inOrder[i]] = box.X + box.Width * (i + 1) / (inOrder.Length + 1);
        }
        return ports;
    }
}
