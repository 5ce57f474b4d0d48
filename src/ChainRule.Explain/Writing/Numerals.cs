using System.Globalization;
using ChainRule.Explain.Symbols;

namespace ChainRule.Explain.Writing;

/// <summary>Numbers and tensors as they stand on the board.</summary>
internal static class Numerals
{
    private const int Digits = 6, FullDigits = 15, MostShown = 8;

    /// <summary>The most numbers of a matrix of local derivatives that are shown.</summary>
    public const int MostOfMatrix = 64;

    /// <summary>Six digits.</summary>
    public static string Short(double value) => Plain(value, Digits);

    /// <summary>Fifteen digits: what the witnesses are compared by.</summary>
    public static string Full(double value) => Plain(value, FullDigits);

    /// <summary>A number, a row or rows; the middle of long ones is left out.</summary>
    public static string Short(Tensor value) => Of(value, Short);

    /// <summary>The same in LaTeX.</summary>
    public static string Latex(Tensor value)
    {
        double[] elements = value.ToArray<double>();
        if (value.Shape.Rank == 0) return LatexNotation.Default.Number(double.Parse(Short(elements[0]), CultureInfo.InvariantCulture));
        if (elements.Length > MostShown * 2) return $@"\text{{shape }}{value.Shape}";
        int columns = value.Shape.Rank == 1 ? 1 : (int)value.Shape[1];
        return $@"\begin{{bmatrix}}{string.Join(@" \\ ", elements.Chunk(columns).Select(row => string.Join(" & ", row.Select(Short))))}\end{{bmatrix}}";
    }

    /// <summary>How large a matrix of local derivatives is: [2×3].</summary>
    public static string Size(Tensor matrix) => $"[{matrix.Shape[0]}×{matrix.Shape[1]}]";

    /// <summary>A local derivative as a matrix: a number, a row, a diagonal or rows; only its kind if it is large.</summary>
    public static string Matrix(ExplanationEdge edge)
    {
        Tensor matrix = edge.Jacobian!;
        double[] elements = matrix.ToArray<double>();
        if (elements.Length == 1) return Short(elements[0]);
        if (edge.IsDiagonal) return $"diag({string.Join(", ", Shortened(edge.Local!.ToArray<double>().Select(Short)))})";
        return elements.Length > MostOfMatrix ? $"a matrix {Size(matrix)}" : matrix.Shape[0] == 1 ? Row(elements, Short) : Short(matrix);
    }

    /// <summary>A row that has come of a product: a number if it is one.</summary>
    public static string RowOf(Tensor row) => row.ToArray<double>() is var elements && elements.Length == 1 ? Short(elements[0]) : Row(elements, Short);

    /// <summary>An error or a distance: two digits and a power of ten.</summary>
    public static string Error(double value) => double.IsNaN(value) ? "not a number" : value == 0 ? "0" : value.ToString("0.0e+0", CultureInfo.InvariantCulture);

    /// <summary>How it is set between factors: negative numbers in parentheses.</summary>
    public static string Factor(string number) => number.StartsWith('-') ? $"({number})" : number;

    private static string Of(Tensor value, Func<double, string> number)
    {
        double[] elements = value.ToArray<double>();
        return value.Shape.Rank switch
        {
            0 => number(elements[0]),
            1 => Row(elements, number),
            _ => $"[{string.Join(", ", Shortened(elements.Chunk((int)value.Shape[1]).Select(row => Row(row, number))))}]",
        };
    }

    private static string Row(double[] elements, Func<double, string> number) => $"[{string.Join(", ", Shortened(elements.Select(number)))}]";

    private static string[] Shortened(IEnumerable<string> parts)
    {
        string[] all = [.. parts];
        return all.Length <= MostShown ? all : [.. all[..(MostShown / 2)], "...", .. all[^(MostShown / 2)..]];
    }

    private static string Plain(double value, int digits)
    {
        string text = value.ToString($"G{digits}", CultureInfo.InvariantCulture);
        return text.Replace("E+", "e", StringComparison.Ordinal).Replace("E", "e", StringComparison.Ordinal);
    }
}
