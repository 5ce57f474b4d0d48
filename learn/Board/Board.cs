using System.Globalization;
using System.Text;
using ChainRule.Formats;

namespace ChainRule.Learn;

/// <summary>What a lesson writes on: headings, tables, pictures, and claims that are verified before they are believed.</summary>
public static class Board
{
    /// <summary>Where pictures go, below the current folder.</summary>
    public const string PictureFolder = "runs/lessons";

    private const int Digits = 6;

    static Board()
    {
        if (Console.OutputEncoding.CodePage != Encoding.UTF8.CodePage)
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
    }

    /// <summary>Begins a part of the lesson.</summary>
    public static void Section(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        Console.WriteLine($"\n{title}\n{new string('-', title.Length)}");
    }

    /// <summary>Prints a line.</summary>
    public static void Say(string text) => Console.WriteLine(text);

    /// <summary>Prints a table: words to the left, numbers with six digits to the right.</summary>
    /// <exception cref="ArgumentException">A row has not as many cells as there are heads.</exception>
    public static void Table(string[] heads, IEnumerable<object[]> rows)
    {
        ArgumentNullException.ThrowIfNull(heads);
        object[][] cells = [.. rows];
        if (cells.FirstOrDefault(row => row.Length != heads.Length) is { } wrong)
            throw new ArgumentException($"The table has {heads.Length} heads ({string.Join(", ", heads)}), but a row has {wrong.Length} cells.", nameof(rows));
        string[][] texts = [.. cells.Select(row => row.Select(Text).ToArray())];
        int[] widths = [.. heads.Select((head, column) => Math.Max(head.Length, texts.Length == 0 ? 0 : texts.Max(row => row[column].Length)))];
        bool[] isWords = [.. heads.Select((_, column) => cells.Any(row => row[column] is string or Tensor or bool))];
        WriteRow(heads);
        WriteRow([.. widths.Select(width => new string('-', width))]);
        foreach (string[] row in texts)
            WriteRow(row);

        void WriteRow(string[] row) => Console.WriteLine(string.Join("  ", row.Select((text, column) =>
            isWords[column] ? text.PadRight(widths[column]) : text.PadLeft(widths[column]))).TrimEnd());
    }

    /// <summary>Verifies that two numbers agree, within the tolerance times the larger of 1 and the expected one.</summary>
    /// <exception cref="ClaimException">They do not.</exception>
    public static void Verify(string claim, double actual, double expected, double tolerance = 1e-12) =>
        Verify($"{claim}", Math.Abs(actual - expected) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{Text(actual)} is not {Text(expected)}");

    /// <summary>Verifies that two tensors have one shape and agree in each element, within a tolerance relative to the larger of 1 and the largest expected one.</summary>
    /// <exception cref="ClaimException">They do not.</exception>
    public static void Verify(string claim, Tensor actual, Tensor expected, double tolerance = 1e-12)
    {
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(expected);
        bool holds = actual.Shape == expected.Shape && Largest(actual - expected) <= tolerance * Math.Max(1, Largest(expected));
        Verify(claim, holds, $"{actual} is not {expected}");
    }

    /// <summary>Verifies a claim.</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="holds">Whether it is true.</param>
    /// <param name="because">What was seen instead.</param>
    /// <exception cref="ClaimException">It is not true.</exception>
    public static void Verify(string claim, bool holds, string because = "")
    {
        if (!holds)
            throw new ClaimException($"This does not hold: {claim}{(because.Length > 0 ? $" ({because})" : "")}.");
        Console.WriteLine($"  ✓ {claim}");
    }

    /// <summary>Writes a picture and says where it is.</summary>
    /// <param name="name">The file's name, like 02-graph.svg.</param>
    /// <param name="svg">The picture.</param>
    public static void Draw(string name, string svg)
    {
        ArgumentNullException.ThrowIfNull(svg);
        Directory.CreateDirectory(PictureFolder);
        AtomicFile.Write(Path.Combine(PictureFolder, name), stream => stream.Write(Encoding.UTF8.GetBytes(svg)));
        Console.WriteLine($"picture: {PictureFolder}/{name}");
    }

    private static double Largest(Tensor values) => values.ElementCount == 0 ? 0 : values.Abs().Max().To(DType.Float64).Item<double>();

    private static string Text(object cell) => cell switch
    {
        double or float => ((IFormattable)cell).ToString($"g{Digits}", CultureInfo.InvariantCulture),
        bool isTrue => isTrue ? "yes" : "no",
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };
}
