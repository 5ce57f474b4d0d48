namespace ChainRule.Playground.Lab;

/// <summary>Where the neurons of a network stand in its picture, in pixels.</summary>
public sealed class Layout
{
    public const int Size = 40;
    private const int ColumnGap = 112, RowGap = 52, Margin = 14;
    private readonly int[] _columns;

    public Layout(Settings settings, int outputs)
    {
        _columns = [2, .. settings.Hidden, outputs];
        Height = 2 * Margin + _columns.Max() * RowGap;
        Width = 2 * Margin + (_columns.Length - 1) * ColumnGap + Size;
    }

    public int Width { get; }

    public int Height { get; }

    public int Layers => _columns.Length - 1;

    public int Count(int column) => _columns[column];

    public static int X(int column) => Margin + column * ColumnGap;

    public int Y(int column, int row) => (Height - _columns[column] * RowGap) / 2 + row * RowGap + (RowGap - Size) / 2;

    /// <summary>From the right edge of a neuron to the left edge of one in the next column, moved down by some pixels.</summary>
    public string Wire(int layer, int from, int to, int shift)
    {
        int x1 = X(layer) + Size, y1 = Y(layer, from) + Size / 2 + shift, x2 = X(layer + 1), y2 = Y(layer + 1, to) + Size / 2 + shift, middle = (x1 + x2) / 2;
        return $"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}";
    }
}
