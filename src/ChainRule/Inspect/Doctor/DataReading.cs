using System.Numerics;

namespace ChainRule.Inspect;

/// <summary>What the batches that were seen say about inputs, targets and outputs.</summary>
internal sealed class DataReading
{
    private readonly Dictionary<long, long> _labels = [];
    private double[] _columns = [];
    private (long Count, double Mean, double Squares) _targets;

    /// <summary>√ of the mean square of all inputs; NaN if there were none with fractions.</summary>
    public double InputRms { get; private set; } = double.NaN;

    /// <summary>The largest input by size.</summary>
    public double LargestInput { get; private set; }

    /// <summary>How many rows of inputs were seen, the same ones again included.</summary>
    public long RowsSeen { get; private set; }

    /// <summary>The largest |x| ever of the largest column in units of that of the smallest column that is not all 0.</summary>
    public double ColumnRatio { get; private set; } = 1;

    /// <summary>Whether all rows of the last batch were the same.</summary>
    public bool AreInputsAlike { get; private set; }

    /// <summary>Whether an input is NaN or infinite.</summary>
    public bool HasBrokenInput { get; private set; }

    /// <summary>Whether a target is NaN or infinite.</summary>
    public bool HasBrokenTarget { get; private set; }

    public double LowestTarget { get; private set; } = double.PositiveInfinity;
    public double HighestTarget { get; private set; } = double.NegativeInfinity;

    /// <summary>The standard deviation of all targets seen.</summary>
    public double TargetDeviation => _targets.Count == 0 ? 0 : Math.Sqrt(_targets.Squares / _targets.Count);

    /// <summary>Whether targets are classes, as whole numbers or as 0 and 1.</summary>
    public bool IsClassification { get; private set; }

    /// <summary>How many classes the outputs tell apart.</summary>
    public int Classes { get; private set; }

    public long LabelsSeen => _labels.Values.Sum();
    public long MostCommon => _labels.Values.DefaultIfEmpty(0).Max();
    public long CommonLabel => _labels.Count == 0 ? -1 : _labels.MaxBy(pair => pair.Value).Key;

    /// <summary>The largest deviation that an output has over the batch, and the size of a typical output; NaN if they are unknown.</summary>
    public (double Deviation, double Size) Output { get; private set; } = (double.NaN, double.NaN);

    public void Add(Tensor? inputs, Tensor? outputs, Tensor? targets)
    {
        if (inputs is not null && inputs.DType.IsFloating() && inputs.Rank >= 2 && inputs.ElementCount > 0)
            AddInputs(Gauge.Flat(inputs));
        if (outputs is not null && outputs.DType.IsFloating() && outputs.Rank >= 1 && outputs.ElementCount > 0)
            AddOutputs(Gauge.Values(outputs), outputs.Rank == 1 ? 1 : (int)outputs.Shape[^1]);
        if (targets is null || targets.ElementCount == 0) return;
        double[] values = Gauge.Values(targets);
        bool isWhole = !targets.DType.IsFloating(), isBinary = Array.TrueForAll(values, value => value is 0 or 1);
        IsClassification = isWhole || isBinary;
        Classes = isWhole && outputs is { Rank: > 1 } ? (int)outputs.Shape[^1] : 2;
        if (IsClassification)
            AddLabels(values, targets, isWhole);
        else
            AddTargets(values);
    }

    private void AddInputs(Tensor inputs)
    {
        if (inputs.DType == DType.Float32)
            AddInputs<float>(inputs.Span<float>(), (int)inputs.Shape[0], (int)inputs.Shape[^1]);
        else
            AddInputs<double>(inputs.Span<double>(), (int)inputs.Shape[0], (int)inputs.Shape[^1]);
        GC.KeepAlive(inputs);
    }

    private void AddInputs<T>(ReadOnlySpan<T> values, int rows, int columns) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var largest = new double[columns];
        double square = 0;
        for (int from = 0; from < values.Length; from += columns)
        {
            ReadOnlySpan<T> row = values.Slice(from, columns);
            for (int column = 0; column < row.Length; column++)
            {
                double value = double.CreateTruncating(row[column]);
                square += value * value;
                largest[column] = Math.Max(largest[column], Math.Abs(value));
            }
        }
        // A sum of finite squares may overflow.
        HasBrokenInput |= !double.IsFinite(square) && Sizes.CountNonFinite(values) > 0;
        if (HasBrokenInput) return;
        int apart = rows > 1 ? values.Length / rows : 0;
        AreInputsAlike = rows > 1 && values[apart..].SequenceEqual(values[..^apart]);
        RowsSeen += values.Length / columns;
        AddColumns(largest);
        double rms = Math.Sqrt(square / values.Length);
        InputRms = double.IsNaN(InputRms) ? rms : Math.Max(InputRms, rms);
    }

    private void AddColumns(double[] largest)
    {
        if (_columns.Length < largest.Length)
            Array.Resize(ref _columns, largest.Length);
        for (int column = 0; column < largest.Length; column++)
            _columns[column] = Math.Max(_columns[column], largest[column]);
        LargestInput = _columns.Max();
        double[] used = Array.FindAll(_columns, size => size > 0);
        ColumnRatio = used.Length == 0 ? 1 : used.Max() / used.Min();
    }

    private void AddOutputs(double[] values, int columns)
    {
        double largest = 0;
        for (int column = 0; column < columns; column++)
        {
            double mean = 0, square = 0;
            int rows = values.Length / columns;
            for (int i = column; i < values.Length; i += columns)
                mean += values[i] / rows;
            for (int i = column; i < values.Length; i += columns)
                square += (values[i] - mean) * (values[i] - mean) / rows;
            largest = Math.Max(largest, Math.Sqrt(square));
        }
        Output = values.Length <= columns ? (double.NaN, double.NaN) : (largest, Math.Sqrt(values.Average(value => value * value)));
    }

    private void AddLabels(double[] values, Tensor targets, bool isWhole)
    {
        // One-hot rows and several questions at once are mostly zeros by nature.
        if (!isWhole && targets.Rank > 1 && targets.Shape[^1] > 1) return;
        foreach (double value in values)
            _labels[(long)value] = _labels.GetValueOrDefault((long)value) + 1;
    }

    private void AddTargets(double[] values)
    {
        HasBrokenTarget |= Array.Exists(values, value => !double.IsFinite(value));
        if (HasBrokenTarget) return;
        LowestTarget = Math.Min(LowestTarget, values.Min());
        HighestTarget = Math.Max(HighestTarget, values.Max());
        foreach (double value in values)
        {
            // Welford's: differences from the mean so far do not cancel.
            double apart = value - _targets.Mean, mean = _targets.Mean + apart / (_targets.Count + 1);
            _targets = (_targets.Count + 1, mean, _targets.Squares + apart * (value - mean));
        }
    }
}
