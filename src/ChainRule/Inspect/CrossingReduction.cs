namespace ChainRule.Inspect;

/// <summary>Orders the vertices of each layer by the mean place of their neighbours, down and up in turn, and keeps the order with the fewest crossings.</summary>
/// <remarks>Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures", 1981.</remarks>
internal static class CrossingReduction
{
    private const int Sweeps = 12, SweepsOfLarge = 4, Large = 3000;

    public static void Run(LayerGrid grid)
    {
        var places = new int[grid.Count];
        foreach (int[] layer in grid.Layers)
            Number(layer, places);
        long fewest = Crossings(grid, places);
        int[][] best = Array.ConvertAll(grid.Layers, layer => (int[])layer.Clone());
        int sweeps = grid.Count > Large ? SweepsOfLarge : Sweeps;
        for (int sweep = 0; sweep < sweeps && fewest > 0; sweep++)
        {
            Sweep(grid, places, isDownwards: sweep % 2 == 0);
            long crossings = Crossings(grid, places);
            if (crossings >= fewest) continue;
            fewest = crossings;
            best = Array.ConvertAll(grid.Layers, layer => (int[])layer.Clone());
        }
        for (int i = 0; i < best.Length; i++)
            best[i].CopyTo(grid.Layers[i], 0);
    }

    /// <summary>How many pairs of edges cross between neighbouring layers.</summary>
    public static long Crossings(LayerGrid grid, int[] places)
    {
        long crossings = 0;
        for (int layer = 1; layer < grid.Layers.Length; layer++)
            crossings += Crossings(grid, grid.Layers[layer - 1], grid.Layers[layer].Length, places);
        return crossings;
    }

    // The lower ends in the order of the upper ones: each pair in the wrong order is a crossing. Counted with a tree of partial sums (Fenwick).
    private static long Crossings(LayerGrid grid, int[] upper, int lower, int[] places)
    {
        var counts = new int[lower + 1];
        long crossings = 0;
        int seen = 0;
        List<int> ends = [];
        foreach (int vertex in upper)
        {
            ends.Clear();
            foreach (int end in grid.Below.Of(vertex))
                ends.Add(places[end]);
            foreach (int end in ends)
            {
                int before = 0;
                for (int i = end + 1; i > 0; i -= i & -i)
                    before += counts[i];
                crossings += seen - before;
            }
            foreach (int end in ends)
            {
                for (int i = end + 1; i <= lower; i += i & -i)
                    counts[i]++;
            }
            seen += ends.Count;
        }
        return crossings;
    }

    private static void Sweep(LayerGrid grid, int[] places, bool isDownwards)
    {
        int count = grid.Layers.Length;
        for (int step = 1; step < count; step++)
        {
            int[] layer = grid.Layers[isDownwards ? step : count - 1 - step];
            if (layer.Length == 1) continue;
            Neighbours neighbours = isDownwards ? grid.Above : grid.Below;
            (double Mean, int Place)[] keys = Array.ConvertAll(layer, vertex => (Mean(neighbours.Of(vertex), places, places[vertex]), places[vertex]));
            Array.Sort(keys, layer);
            Number(layer, places);
        }
    }

    private static double Mean(ReadOnlySpan<int> neighbours, int[] places, int own)
    {
        if (neighbours.IsEmpty) return own;
        double sum = 0;
        foreach (int neighbour in neighbours)
            sum += places[neighbour];
        return sum / neighbours.Length;
    }

    private static void Number(int[] layer, int[] places)
    {
        for (int i = 0; i < layer.Length; i++)
            places[layer[i]] = i;
    }
}
