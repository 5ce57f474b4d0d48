using ScottPlot;

namespace ChainRule.Plots;

/// <summary>Colours that people with any kind of colour vision can tell apart: Okabe and Ito, "Color Universal Design", 2008.</summary>
internal static class Palette
{
    public static readonly Color Ink = Color.FromHex("#24292f");
    public static readonly Color Soft = Color.FromHex("#57606a");
    public static readonly Color Frame = Color.FromHex("#8c959f");
    public static readonly Color Grid = Color.FromHex("#e6e8eb");

    private static readonly Color[] _colours =
    [
        Color.FromHex("#0072b2"), Color.FromHex("#d55e00"), Color.FromHex("#009e73"),
        Color.FromHex("#cc79a7"), Color.FromHex("#e69f00"), Color.FromHex("#56b4e9"),
    ];

    private static readonly LinePattern[] _patterns = [LinePattern.Solid, LinePattern.Dashed, LinePattern.Dotted, LinePattern.DenselyDashed];

    /// <summary>How the line of a curve is broken: once the colours begin anew, it tells those of the same colour apart.</summary>
    public static LinePattern PatternAt(int index) => _patterns[index / _colours.Length % _patterns.Length];

    public static Color At(int index) => _colours[index % _colours.Length];
}
