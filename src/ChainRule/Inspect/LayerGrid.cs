namespace ChainRule.Inspect;

/// <summary>The vertices of a layered picture: boxes, the places where long edges pass a layer, and signs for sources that are far away.</summary>
internal sealed class LayerGrid
{
    // Beyond this an edge is a stroke that nobody follows; the source is named instead.
    private const int LongestEdge = 40;
    private const double PassWidth = 10, SignHeight = 20;

    private readonly int _boxes;
    private readonly List<double> _widths, _heights;
    private readonly List<int> _layerOf;
    private readonly List<(int Upper, int Lower)> _pairs = [];

    /// <param name="sizes">The boxes.</param>
    /// <param name="edges">From smaller numbers to larger ones.</param>
    /// <param name="signWidth">How wide the sign for a box is.</param>
    public LayerGrid(IReadOnlyList<(double Width, double Height)> sizes, IReadOnlyList<(int From, int To)> edges, Func<int, double> signWidth)
    {
        _boxes = sizes.Count;
        (_widths, _heights) = ([.. sizes.Select(size => size.Width)], [.. sizes.Select(size => size.Height)]);
        _layerOf = [.. LayersOf(sizes.Count, edges)];
        Ways = new int[edges.Count][];
        Connect(edges, signWidth);
        var layers = new List<int>[_layerOf.Count == 0 ? 0 : _layerOf.Max() + 1];
        for (int i = 0; i < _layerOf.Count; i++)
            (layers[_layerOf[i]] ??= []).Add(i);
        Layers = Array.ConvertAll(layers, layer => layer.ToArray());
        Above = new(_layerOf.Count, _pairs, isDownwards: false);
        Below = new(_layerOf.Count, _pairs, isDownwards: true);
    }

    /// <summary>The vertices of each layer from left to right.</summary>
    public int[][] Layers { get; }

    /// <summary>For each edge the vertices that it touches on its way down; the first is a sign if the edge does not come from its box.</summary>
    public int[][] Ways { get; }

    public Neighbours Above { get; }

    public Neighbours Below { get; }

    public int Count => _layerOf.Count;

    public int LayerOf(int vertex) => _layerOf[vertex];

    public double Width(int vertex) => _widths[vertex];

    public double Height(int vertex) => _heights[vertex];

    /// <summary>Whether only an edge passes here.</summary>
    public bool IsPass(int vertex) => _heights[vertex] == 0;

    /// <summary>Whether it reads nothing.</summary>
    public bool IsSource(int vertex) => Above.Of(vertex).IsEmpty;

    public bool IsSign(int vertex) => vertex >= _boxes && !IsPass(vertex);

    // Each box as high as what it reads allows, and from there as near to its first reader as makes no edges longer.
    private static int[] LayersOf(int count, IReadOnlyList<(int From, int To)> edges)
    {
        var pairs = new List<(int, int)>(edges);
        Neighbours above = new(count, pairs, isDownwards: false), below = new(count, pairs, isDownwards: true);
        var layers = new int[count];
        for (int i = 0; i < count; i++)
        {
            foreach (int operand in above.Of(i))
                layers[i] = Math.Max(layers[i], layers[operand] + 1);
        }
        for (int i = count - 1; i >= 0; i--)
        {
            if (below.Of(i).IsEmpty || above.Of(i).Length > below.Of(i).Length) continue;
            layers[i] = int.MaxValue;
            foreach (int reader in below.Of(i))
                layers[i] = Math.Min(layers[i], layers[reader] - 1);
        }
        return layers;
    }

    private void Connect(IReadOnlyList<(int From, int To)> edges, Func<int, double> signWidth)
    {
        int[] order = [.. Enumerable.Range(0, edges.Count).OrderBy(edge => Span(edges[edge]))];
        // So that the picture stays in proportion to what it shows.
        long passes = 1000 + 4L * _boxes;
        foreach (int edge in order)
        {
            (int from, int to) = edges[edge];
            int span = Span(edges[edge]);
            passes -= span - 1;
            if (span > LongestEdge || passes < 0)
            {
                int sign = Add(_layerOf[to] - 1, signWidth(from), SignHeight);
                Ways[edge] = [sign, to];
            }
            else
            {
                int[] way = Ways[edge] = new int[span + 1];
                (way[0], way[span]) = (from, to);
                for (int i = 1; i < span; i++)
                    way[i] = Add(_layerOf[from] + i, PassWidth, 0);
            }
            for (int i = 1; i < Ways[edge].Length; i++)
                _pairs.Add((Ways[edge][i - 1], Ways[edge][i]));
        }
    }

    private int Span((int From, int To) edge) => _layerOf[edge.To] - _layerOf[edge.From];

    private int Add(int layer, double width, double height)
    {
        _layerOf.Add(layer);
        _widths.Add(width);
        _heights.Add(height);
        return _layerOf.Count - 1;
    }
}
