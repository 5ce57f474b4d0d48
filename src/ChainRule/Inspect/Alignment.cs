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

    // Long edges are to be straight.
    private const double WeightOfPass = 4;

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
            return (Mean(above, middles) + Mean(below, middles)) / 2;
        ReadOnlySpan<int> before = isDownwards ? above : below, after = isDownwards ? below : above;
        if (!before.IsEmpty) return Mean(before, middles);
        return after.IsEmpty ? middles[vertex] : Mean(after, middles);
    }

    private static double Mean(ReadOnlySpan<int> vertices, double[] middles)
    {
        double sum = 0;
        foreach (int vertex in vertices)
            sum += middles[vertex];
        return sum / vertices.Length;
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
            (starts[blocks], means[blocks], weights[blocks]) = (i, wished[i] - offsets[i], grid.IsPass(layer[i]) ? WeightOfPass : 1);
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

    private static double Distance(LayerGrid grid, int left, int right) =>
        (grid.Width(left) + grid.Width(right)) / 2 + (grid.IsPass(left) || grid.IsPass(right) ? PassGap : Gap);
}
