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
    /// <summary>Below this share the rest of the error shows in the gradient by less than 1 % of its square.</summary>
    public const double OutOfReach = 0.1;

    private const int MostRows = 64, MostColumns = 512;

    /// <summary>Whether no weights under the present pattern make the loss smaller.</summary>
    public bool IsOutOfReach => Share < OutOfReach;

    /// <summary>In how many steps the first row would turn a unit on or off if weights went on as since the look before; infinity if none would, NaN if that is unknown.</summary>
    public double StepsToEdge { get; private init; } = double.NaN;

    private long Step { get; init; }

    // The weights of the hidden layer, units by inputs, and its bias.
    private (double[] Weight, double[]? Bias) Hidden { get; init; } = ([], null);

    /// <summary>Reads it where the model ends in Linear, ReLU, Linear, and could fit each row of a batch of at most 64 by itself; else null.</summary>
    /// <param name="calls">The calls of the modules at this step.</param>
    /// <param name="step">The step.</param>
    /// <param name="before">What was read at the look before, if anything.</param>
    public static ReachReading? Of(IReadOnlyList<ModuleCall> calls, long step, ReachReading? before)
    {
        int last = calls.Count - 1;
        while (last >= 0 && calls[last].Module is not Linear)
            last--;
        if (last < 2 || calls[last - 1].Module is not Relu || calls[last - 2].Module is not Linear linear || calls[last].Gradient is not { } gradient) return null;
        (Tensor x, Tensor hidden) = (calls[last - 2].Input, calls[last - 1].Output);
        if (x.Rank != 2 || hidden.Rank != 2 || x.Shape[0] is < 2 or > MostRows || hidden.Shape[1] * (x.Shape[1] + 1) > MostColumns || gradient.ElementCount % x.Shape[0] != 0) return null;
        if (hidden.Shape[1] * (x.Shape[1] + 1) + 1 < x.Shape[0]) return null;
        double[] inputs = Gauge.Values(x);
        (double[], double[]?) weights = (Gauge.Values(linear.Weight.Value), linear.Bias is { } bias ? Gauge.Values(bias.Value) : null);
        return Of(calls[last - 1].Path, inputs, Gauge.Values(hidden), Gauge.Values(gradient), (int)x.Shape[0]) is not { } reading ? null : reading with
        {
            Step = step,
            Hidden = weights,
            StepsToEdge = before?.Hidden.Weight.Length == weights.Item1.Length ? Edge(inputs, reading.Rows, before.Hidden, weights) * (step - before.Step) : double.NaN,
        };
    }

    // The same rows through the weights before and now: batches may differ, and tell nothing about the weights.
    private static double Edge(double[] x, int rows, (double[] Weight, double[]? Bias) before, (double[] Weight, double[]? Bias) now)
    {
        int inputs = x.Length / rows;
        double soonest = double.PositiveInfinity;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<double> example = x.AsSpan(row * inputs, inputs);
            for (int unit = 0; unit < now.Weight.Length / inputs; unit++)
            {
                double sum = Sum(example, now, unit), change = sum - Sum(example, before, unit);
                if (sum * change < 0)
                    soonest = Math.Min(soonest, -sum / change);
            }
        }
        return soonest;
    }

    private static double Sum(ReadOnlySpan<double> example, (double[] Weight, double[]? Bias) layer, int unit)
    {
        double sum = layer.Bias is null ? 0 : layer.Bias[unit];
        for (int i = 0; i < example.Length; i++)
            sum += example[i] * layer.Weight[unit * example.Length + i];
        return sum;
    }

    private static ReachReading? Of(string layer, double[] x, double[] hidden, double[] error, int rows)
    {
        int inputs = x.Length / rows, units = hidden.Length / rows, enough = DistinctRows(x, rows);
        var patterns = new HashSet<ulong>();
        var dead = new List<int>();
        var basis = new List<double[]>();
        var column = new double[rows];
        Array.Fill(column, 1.0);
        Extend(basis, column);
        for (int unit = 0; unit < units; unit++)
        {
            // A bit for each row on which it is on.
            ulong pattern = 0;
            for (int row = 0; row < rows; row++)
                pattern |= hidden[row * units + unit] > 0 ? 1UL << row : 0;
            if (pattern == 0)
            {
                dead.Add(unit);
                continue;
            }
            if (!patterns.Add(pattern)) continue;
            for (int row = 0; row < rows; row++)
                column[row] = (pattern >> row) & 1;
            Extend(basis, column);
            for (int input = 0; input < inputs && basis.Count < enough; input++)
            {
                for (int row = 0; row < rows; row++)
                    column[row] = ((pattern >> row) & 1) == 1 ? x[row * inputs + input] : 0;
                Extend(basis, column);
            }
            // Whatever the others are, each row can be fitted by itself.
            if (basis.Count >= enough) return new ReachReading(layer, rows, enough, patterns.Count, units, dead, 1);
        }
        double all = error.Sum(value => value * value);
        return all > 0 ? new ReachReading(layer, rows, basis.Count, patterns.Count, units, dead, Math.Sqrt(Inside(basis, error, rows) / all)) : null;
    }

    private static double Inside(List<double[]> basis, double[] error, int rows)
    {
        double inside = 0;
        int outputs = error.Length / rows;
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
        return inside;
    }

    // Twice Gram-Schmidt is as good as orthogonal to the last bits. What was in the column is lost.
    private static void Extend(List<double[]> basis, double[] column)
    {
        double before = Length(column);
        for (int pass = 0; pass < 2; pass++)
        {
            foreach (double[] direction in basis)
            {
                double along = 0;
                for (int i = 0; i < column.Length; i++)
                    along += direction[i] * column[i];
                for (int i = 0; i < column.Length; i++)
                    column[i] -= along * direction[i];
            }
        }
        double after = Length(column);
        if (after > 1e-7 * before)
            basis.Add(Array.ConvertAll(column, value => value / after));
    }

    private static double Length(double[] column)
    {
        double squares = 0;
        foreach (double value in column)
            squares += value * value;
        return Math.Sqrt(squares);
    }

    private static int DistinctRows(double[] x, int rows)
    {
        int inputs = x.Length / rows, distinct = 0;
        for (int row = 0; row < rows; row++)
        {
            bool isNew = true;
            for (int other = 0; other < row && isNew; other++)
                isNew = !x.AsSpan(row * inputs, inputs).SequenceEqual(x.AsSpan(other * inputs, inputs));
            distinct += isNew ? 1 : 0;
        }
        return distinct;
    }
}
