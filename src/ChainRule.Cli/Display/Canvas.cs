using System.Text;

namespace ChainRule.Cli.Display;

/// <summary>A picture of dots in text: braille letters of 2 by 4 dots, or, where there is no Unicode, plain signs with one dot of a column each.</summary>
internal sealed class Canvas(int columns, int rows, bool isUnicode = true)
{
    private const int Blank = 0x2800;

    // Bits of the dots of a braille letter, by column and row.
    private static readonly int[,] _bits = { { 0x01, 0x02, 0x04, 0x40 }, { 0x08, 0x10, 0x20, 0x80 } };

    private readonly int[,] _letters = new int[rows, columns];

    /// <summary>Dots from left to right.</summary>
    public int Width => 2 * columns;

    /// <summary>Dots from top to bottom.</summary>
    public int Height => 4 * rows;

    /// <summary>Sets a dot; one outside is left out.</summary>
    public void Set(int x, int y)
    {
        if (x < 0 || y < 0 || x >= Width || y >= Height) return;
        _letters[y / 4, x / 2] |= _bits[x % 2, y % 4];
    }

    /// <summary>Draws a curve over the whole width, its lowest value at the bottom; values that are not finite leave a gap.</summary>
    /// <param name="values">The curve.</param>
    /// <param name="isLogarithmic">Whether ratios count; zeros and negative values then leave a gap.</param>
    public void Plot(IReadOnlyList<double> values, bool isLogarithmic)
    {
        double[] drawable = [.. values.Where(value => double.IsFinite(value) && (value > 0 || !isLogarithmic))];
        if (drawable.Length > 0)
            Plot(values, isLogarithmic, drawable.Min(), drawable.Max());
    }

    /// <summary>The same with a scale that is given, for curves that share one.</summary>
    public void Plot(IReadOnlyList<double> values, bool isLogarithmic, double lowest, double highest)
    {
        double[] places = [.. values.Select(value => isLogarithmic ? value > 0 ? Math.Log(value) : double.NaN : value)];
        if (places.Length == 0) return;
        double low = isLogarithmic ? Math.Log(lowest) : lowest, range = (isLogarithmic ? Math.Log(highest) : highest) - low;
        int? last = null;
        for (int x = 0; x < Width; x++)
        {
            double place = places[(int)((long)x * places.Length / Width)];
            if (!double.IsFinite(place))
            {
                last = null;
                continue;
            }
            int y = range > 0 ? (int)Math.Round((1 - (place - low) / range) * (Height - 1)) : Height - 1;
            for (int between = Math.Min(last ?? y, y); between <= Math.Max(last ?? y, y); between++)
                Set(x, between);
            last = y;
        }
    }

    /// <summary>Draws these dots too.</summary>
    /// <returns>This canvas.</returns>
    public Canvas With(Canvas other)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                _letters[row, column] |= other._letters[row, column];
        }
        return this;
    }

    /// <summary>Whether a letter has no dot.</summary>
    public bool IsEmpty(int column, int row) => _letters[row, column] == 0;

    /// <summary>The picture line by line, from the top.</summary>
    public IReadOnlyList<string> Lines()
    {
        var lines = new string[rows];
        for (int row = 0; row < rows; row++)
        {
            var line = new StringBuilder(columns);
            for (int column = 0; column < columns; column++)
                line.Append(isUnicode ? (char)(Blank + _letters[row, column]) : Plain(_letters[row, column]));
            lines[row] = line.ToString();
        }
        return lines;
    }

    private static char Plain(int letter) => letter switch
    {
        0 => ' ',
        _ when (letter & ~0xC0) == 0 => '_',
        _ when (letter & ~0x09) == 0 => '\'',
        _ when (letter & 0xE4) == 0 => '"',
        _ => '*',
    };
}
