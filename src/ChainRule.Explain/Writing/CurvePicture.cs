using System.Globalization;
using System.Net;
using System.Text;

namespace ChainRule.Explain.Writing;

/// <summary>The V of the differences' error against their step, both on logarithmic scales, as SVG.</summary>
internal static class CurvePicture
{
    private const int Width = 460, Height = 250, Left = 62, Right = 16, Top = 16, Bottom = 44;
    private const double LeastError = 1e-16, LargestExponent = 0, LeastExponent = -14;

    public static string Write(IReadOnlyList<DifferencePoint> curve, string name)
    {
        double[] exponents = [.. curve.Select(point => Math.Log10(Math.Max(point.Error, LeastError)))];
        double lowest = Math.Floor(Math.Min(exponents.Min(), -8) / 2) * 2, highest = Math.Ceiling(Math.Max(exponents.Max(), 0) / 2) * 2;
        double X(double exponent) => Left + (Width - Left - Right) * (exponent - LeastExponent) / (LargestExponent - LeastExponent);
        double Y(double exponent) => Top + (Height - Top - Bottom) * (highest - exponent) / (highest - lowest);

        DifferencePoint best = curve.MinBy(point => point.Error)!;
        string title = $"Error of central differences by {name} against the step h: least {Numerals.Error(best.Error)} at h = {Numerals.Error(best.Step)}";
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"curve\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(title)}\"><title>{WebUtility.HtmlEncode(title)}</title>");
        double step = highest - lowest > 12 ? 4 : 2;
        for (double exponent = lowest; exponent <= highest; exponent += step)
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"rule\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(exponent):0.#}\" y2=\"{Y(exponent):0.#}\"/><text x=\"{Left - 6}\" y=\"{Y(exponent) + 4:0.#}\" text-anchor=\"end\">{Power(exponent)}</text>");
        for (double exponent = LeastExponent; exponent <= LargestExponent; exponent += 2)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(exponent):0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{Power(exponent)}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 6}\" text-anchor=\"middle\">step h</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate(13 {(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">error</text>");
        string points = string.Join(' ', curve.Select((point, i) => string.Create(CultureInfo.InvariantCulture, $"{X(Math.Log10(point.Step)):0.#},{Y(exponents[i]):0.#}")));
        svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"line\" points=\"{points}\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"best\" cx=\"{X(Math.Log10(best.Step)):0.#}\" cy=\"{Y(Math.Log10(Math.Max(best.Error, LeastError))):0.#}\" r=\"4.5\"/>");
        return svg.Append("</svg>").ToString();
    }

    private static string Power(double exponent) => string.Create(CultureInfo.InvariantCulture, $"10<tspan dy=\"-5\" font-size=\"8\">{(exponent < 0 ? "−" : "")}{Math.Abs(exponent):0}</tspan>");
}
