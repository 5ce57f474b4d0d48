using ScottPlot;

namespace ChainRule.Plots;

/// <summary>A scale of colours whose lightness grows steadily, so that it reads without colour vision too: viridis, by S. van der Walt and N. Smith, 2015.</summary>
internal static class ColourMap
{
    /// <summary>So few levels that neighbours of nearly one value are one rectangle, and so many that no step is seen.</summary>
    public const int Levels = 40;

    public static readonly Color Zero = Color.FromHex("#b9c0c7");
    public static readonly Color Underflow = Color.FromHex("#7d8790");
    public static readonly Color NotFinite = Color.FromHex("#d55e00");
    public static readonly Color Missing = Colors.White;

    private static readonly Color[] _stops =
    [
        Color.FromHex("#440154"), Color.FromHex("#472d7b"), Color.FromHex("#3b528b"), Color.FromHex("#2c728e"), Color.FromHex("#21918c"),
        Color.FromHex("#28ae80"), Color.FromHex("#5ec962"), Color.FromHex("#addc30"), Color.FromHex("#fde725"),
    ];

    /// <summary>The colour of a share between 0 and 1.</summary>
    public static Color At(double share)
    {
        double level = Math.Round(Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1) * (Levels - 1)) / (Levels - 1) * (_stops.Length - 1);
        int stop = Math.Min((int)level, _stops.Length - 2);
        return Mix(_stops[stop], _stops[stop + 1], level - stop);
    }

    /// <summary>From one colour to the other.</summary>
    public static Color Mix(Color from, Color to, double share) => new(Mix(from.R, to.R, share), Mix(from.G, to.G, share), Mix(from.B, to.B, share));

    private static byte Mix(byte from, byte to, double share) => (byte)Math.Round(from + (to - from) * Math.Clamp(share, 0, 1));
}
