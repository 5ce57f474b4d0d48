namespace ChainRule.Inspect;

/// <summary>Places the vertices of each layer as near to their neighbours above and below as order and distance allow.</summary>
/// <remarks>
/// For one layer this is a least-squares problem with a given order, which pooling adjacent violators solves exactly
/// (Ayer, Brunk, Ewing, Reid and Silverman 1955); a few sweeps down and up bring the layers together.
/// </remarks>
internal static class Alignment
{
    private const int Sweeps = 10, SweepsOfLarge = 4, Large = 3000;
    private const double Gap = 28, PassGap = 14;

    // Long edges are to be straight, and what flows on from operation to operation is to go straight down past what only joins it.
    private const double WeightOfPass = 4, WeightOfSource = 0.001;

    /// <summary>The middle of each vertex.</summary>
    public static double[] Run(LayerGrid grid)
    {
        var middles = new double[grid.Count];
        foreach (int[] layer in grid.Layers)
            PlaceInRow(grid, layer, middles);
        int sweeps = grid.Count > Large ? SweepsOfLarge : Sweeps;
        for (int sweep = 0; sweep < sweeps; sweep++)
        {
            bool isDownwards = sweep % 2 == 0;
            for (int step = 0; step < grid.Layers.Length; step++)
            {
                int[] layer = grid.Layers[isDownwards ? step : grid.Layers.Length - 1 - step];
                double[] wished = Array.ConvertAll(layer, vertex => Wished(grid, vertex, middles, isDownwards, isLast: sweep >= sweeps - 2));
                Fit(grid, layer, wished, middles);
            }
        }
        Straighten(grid, middles);
        return middles;
    }

    private static void PlaceInRow(LayerGrid grid, int[] layer, double[] middles)
    {
        for (int i = 1; i < layer.Length; i++)
            middles[layer[i]] = middles[layer[i - 1]] + Distance(grid, layer[i - 1], layer[i]);
        double half = middles[layer[^1]] / 2;
        foreach (int vertex in layer)
            middles[vertex] -= half;
    }

    private static double Wished(LayerGrid grid, int vertex, double[] middles, bool isDownwards, bool isLast)
    {
        ReadOnlySpan<int> above = grid.Above.Of(vertex), below = grid.Below.Of(vertex);
        if (isLast && above.Length > 0 && below.Length > 0)
            return (Mean(grid, above, middles) + Mean(grid, below, middles)) / 2;
        ReadOnlySpan<int> before = isDownwards ? above : below, after = isDownwards ? below : above;
        if (!before.IsEmpty) return Mean(grid, before, middles);
        return after.IsEmpty ? middles[vertex] : Mean(grid, after, middles);
    }

    private static double Mean(LayerGrid grid, ReadOnlySpan<int> vertices, double[] middles)
    {
        double sum = 0, weights = 0;
        foreach (int vertex in vertices)
        {
            double weight = grid.IsSource(vertex) ? WeightOfSource : 1;
            sum += weight * middles[vertex];
            weights += weight;
        }
        return sum / weights;
    }

    // With the distances taken off, the places must not decrease: blocks that would are merged and share their weighted mean.
    private static void Fit(LayerGrid grid, int[] layer, double[] wished, double[] middles)
    {
        var starts = new int[layer.Length];
        var means = new double[layer.Length];
        var weights = new double[layer.Length];
        var offsets = new double[layer.Length];
        int blocks = 0;
        for (int i = 0; i < layer.Length; i++)
        {
            offsets[i] = i == 0 ? 0 : offsets[i - 1] + Distance(grid, layer[i - 1], layer[i]);
            (starts[blocks], means[blocks], weights[blocks]) = (i, wished[i] - offsets[i], grid.IsPass(layer[i]) ? WeightOfPass : grid.IsSource(layer[i]) ? WeightOfSource : 1);
            blocks++;
            for (; blocks > 1 && means[blocks - 2] > means[blocks - 1]; blocks--)
            {
                double weight = weights[blocks - 2] + weights[blocks - 1];
                means[blocks - 2] = (means[blocks - 2] * weights[blocks - 2] + means[blocks - 1] * weights[blocks - 1]) / weight;
                weights[blocks - 2] = weight;
            }
        }
        for (int block = 0; block < blocks; block++)
        {
            int end = block + 1 < blocks ? starts[block + 1] : layer.Length;
            for (int i = starts[block]; i < end; i++)
                middles[layer[i]] = means[block] + offsets[i];
        }
    }

    // A long edge goes straight down as far as there is room, and bends only where there is none.
    private static void Straighten(LayerGrid grid, double[] middles)
    {
        var places = new int[grid.Count];
        foreach (int[] layer in grid.Layers)
        {
            for (int i = 0; i < layer.Length; i++)
                places[layer[i]] = i;
        }
        foreach (int[] way in grid.Ways)
        {
            double wished = middles[way[0]];
            for (int start = 1; start < way.Length - 1;)
            {
                (double low, double high) = Room(grid, way[start], places, middles);
                int end = start + 1;
                for (; end < way.Length - 1; end++)
                {
                    (double nextLow, double nextHigh) = Room(grid, way[end], places, middles);
                    if (Math.Max(low, nextLow) > Math.Min(high, nextHigh)) break;
                    (low, high) = (Math.Max(low, nextLow), Math.Min(high, nextHigh));
                }
                // The last stretch comes out above where the edge goes in.
                wished = Math.Clamp(end == way.Length - 1 ? middles[way[end]] : wished, low, high);
                for (; start < end; start++)
                    middles[way[start]] = wished;
            }
        }
    }

    // Between the neighbours in its layer.
    private static (double Low, double High) Room(LayerGrid grid, int vertex, int[] places, double[] middles)
    {
        int[] layer = grid.Layers[grid.LayerOf(vertex)];
        int place = places[vertex];
        double low = place == 0 ? double.NegativeInfinity : middles[layer[place - 1]] + Distance(grid, layer[place - 1], vertex);
        double high = place == layer.Length - 1 ? double.PositiveInfinity : middles[layer[place + 1]] - Distance(grid, vertex, layer[place + 1]);
        // Rounding may leave a neighbour nearer than it should be.
        return (Math.Min(low, middles[vertex]), Math.Max(high, middles[vertex]));
    }

    private static double Distance(LayerGrid grid, int left, int right) =>
        (grid.Width(left) + grid.Width(right)) / 2 + (grid.IsPass(left) || grid.IsPass(right) ? PassGap : Gap);
}
