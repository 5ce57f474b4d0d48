using ChainRule.Nn;

namespace ChainRule.Inspect;

/// <summary>
/// Which share of the error a hidden ReLU layer can still change while its units stay on and off where they are now.
/// </summary>
/// <remarks>
/// With the pattern fixed, unit j gives outputs that are linear in the columns g·1 and g·x, where g is 1 where it is on and else 0.
/// All units together reach the span of these columns and of the constant. An error at right angles to that span cannot be made
/// smaller by any weights: the gradient by all of them is 0 although the loss is not.
/// </remarks>
internal sealed record ReachReading(string Layer, int Rows, int Rank, int Patterns, int Units, IReadOnlyList<int> Dead, double Share)
{
    private const int MostRows = 64, MostColumns = 512;

    /// <summary>Reads it where the model ends in Linear, ReLU, Linear, and could fit each row of a batch of at most 64 by itself; else null.</summary>
    public static ReachReading? Of(IReadOnlyList<ModuleCall> calls)
    {
        int last = calls.Count - 1;
        while (last >= 0 && calls[last].Module is not Linear)
            last--;
        if (last < 2 || calls[last - 1].Module is not Relu || calls[last - 2].Module is not Linear || calls[last].Gradient is not { } gradient) return null;
        (Tensor x, Tensor hidden) = (calls[last - 2].Input, calls[last - 1].Output);
        if (x.Rank != 2 || hidden.Rank != 2 || x.Shape[0] is < 2 or > MostRows || hidden.Shape[1] * (x.Shape[1] + 1) > MostColumns || gradient.ElementCount % x.Shape[0] != 0) return null;
        if (hidden.Shape[1] * (x.Shape[1] + 1) + 1 < x.Shape[0]) return null;
        return Of(calls[last - 1].Path, Gauge.Values(x), Gauge.Values(hidden), Gauge.Values(gradient), (int)x.Shape[0]);
    }

    private static ReachReading? Of(string layer, double[] x, double[] hidden, double[] error, int rows)
    {
        int inputs = x.Length / rows, units = hidden.Length / rows, outputs = error.Length / rows;
        var patterns = new HashSet<string>(StringComparer.Ordinal);
        var dead = new List<int>();
        var basis = new List<double[]>();
        Extend(basis, [.. Enumerable.Repeat(1.0, rows)]);
        for (int unit = 0; unit < units; unit++)
        {
            bool[] isOn = [.. Enumerable.Range(0, rows).Select(row => hidden[row * units + unit] > 0)];
            if (!isOn.Contains(true))
            {
                dead.Add(unit);
                continue;
            }
            if (!patterns.Add(string.Concat(isOn.Select(on => on ? '1' : '0')))) continue;
            Extend(basis, [.. isOn.Select(on => on ? 1.0 : 0)]);
            for (int input = 0; input < inputs; input++)
                Extend(basis, [.. isOn.Select((on, row) => on ? x[row * inputs + input] : 0)]);
        }
        if (basis.Count >= DistinctRows(x, rows)) return new ReachReading(layer, rows, basis.Count, patterns.Count, units, dead, 1);
        (double inside, double all) = (0, error.Sum(value => value * value));
        for (int output = 0; output < outputs; output++)
        {
            foreach (double[] direction in basis)
            {
                double along = 0;
                for (int row = 0; row < rows; row++)
                    along += direction[row] * error[row * outputs + output];
                inside += along * along;
            }
        }
        return all > 0 ? new ReachReading(layer, rows, basis.Count, patterns.Count, units, dead, Math.Sqrt(inside / all)) : null;
    }

    // Twice Gram-Schmidt is as good as orthogonal to the last bits.
    private static void Extend(List<double[]> basis, double[] column)
    {
        double before = Math.Sqrt(column.Sum(value => value * value));
        for (int pass = 0; pass < 2; pass++)
        {
            foreach (double[] direction in basis)
            {
                double along = direction.Zip(column, (a, b) => a * b).Sum();
                for (int i = 0; i < column.Length; i++)
                    column[i] -= along * direction[i];
            }
        }
        double after = Math.Sqrt(column.Sum(value => value * value));
        if (after > 1e-7 * before)
            basis.Add(Array.ConvertAll(column, value => value / after));
    }

    private static int DistinctRows(double[] x, int rows)
    {
        int inputs = x.Length / rows;
        return Enumerable.Range(0, rows).Select(row => string.Join(' ', x.Skip(row * inputs).Take(inputs).Select(BitConverter.DoubleToInt64Bits))).Distinct(StringComparer.Ordinal).Count();
    }
}
