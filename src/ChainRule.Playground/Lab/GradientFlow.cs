namespace ChainRule.Playground.Lab;

/// <summary>The root mean square of each layer's weight gradient over the steps, in at most some hundred columns.</summary>
public sealed class GradientFlow(int layers)
{
    private const int Most = 160;
    private readonly List<float[]> _columns = [];
    private readonly float[] _sums = new float[layers];
    private long _width = 1, _gathered;

    public int Layers => layers;

    /// <summary>One column each, the first layer first.</summary>
    public IReadOnlyList<float[]> Columns => _columns;

    public float[] Latest { get; } = new float[layers];

    public void Add(Trainer trainer)
    {
        for (int i = 0; i < layers; i++)
        {
            Latest[i] = RootMeanSquare(trainer.Parameters[2 * i].Grad);
            _sums[i] += Latest[i];
        }
        if (++_gathered < _width) return;
        if (_columns.Count == Most)
            Halve();
        _columns.Add(Array.ConvertAll(_sums, sum => sum / _gathered));
        Array.Clear(_sums);
        _gathered = 0;
    }

    public void Clear()
    {
        _columns.Clear();
        Array.Clear(_sums);
        (_width, _gathered) = (1, 0);
    }

    private static float RootMeanSquare(Tensor? gradient)
    {
        if (gradient is null) return 0;
        float sum = 0;
        ReadOnlySpan<float> values = gradient.AsSpan<float>();
        foreach (float value in values)
            sum += value * value;
        return (float)Math.Sqrt(sum / values.Length);
    }

    private void Halve()
    {
        for (int i = 0; i < Most / 2; i++)
            _columns[i] = [.. _columns[2 * i].Zip(_columns[2 * i + 1], (left, right) => (left + right) / 2)];
        _columns.RemoveRange(Most / 2, Most / 2);
        _width *= 2;
    }
}
