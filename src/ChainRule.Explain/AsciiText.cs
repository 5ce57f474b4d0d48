using System.Globalization;
using System.Text;

namespace ChainRule.Explain;

/// <summary>Writes text with the letters of ASCII alone: for terminals and files that know no others.</summary>
public static class AsciiText
{
    private const int FirstForeign = 128;

    private static readonly Dictionary<string, string> _spelled = new()
    {
        ["∂"] = "d",
        ["·"] = "*",
        ["∘"] = "*",
        ["⋅"] = ".",
        ["×"] = "x",
        ["→"] = "->",
        ["ᵀ"] = "'",
        ["𝟏"] = "1",
        ["…"] = "...",
        ["²"] = "^2",
        ["−"] = "-",
        ["÷"] = "/",
        ["∑"] = "sum",
        ["–"] = "-",
        ["α"] = "alpha",
        ["β"] = "beta",
        ["γ"] = "gamma",
        ["δ"] = "delta",
        ["ε"] = "epsilon",
        ["ϵ"] = "epsilon",
        ["ζ"] = "zeta",
        ["η"] = "eta",
        ["θ"] = "theta",
        ["ϑ"] = "theta",
        ["ι"] = "iota",
        ["κ"] = "kappa",
        ["λ"] = "lambda",
        ["μ"] = "mu",
        ["µ"] = "mu",
        ["ν"] = "nu",
        ["ξ"] = "xi",
        ["ο"] = "omicron",
        ["π"] = "pi",
        ["ρ"] = "rho",
        ["σ"] = "sigma",
        ["ς"] = "sigma",
        ["τ"] = "tau",
        ["υ"] = "upsilon",
        ["φ"] = "phi",
        ["ϕ"] = "phi",
        ["χ"] = "chi",
        ["ψ"] = "psi",
        ["ω"] = "omega",
        ["Α"] = "Alpha",
        ["Β"] = "Beta",
        ["Γ"] = "Gamma",
        ["Δ"] = "Delta",
        ["Ε"] = "Epsilon",
        ["Ζ"] = "Zeta",
        ["Η"] = "Eta",
        ["Θ"] = "Theta",
        ["Ι"] = "Iota",
        ["Κ"] = "Kappa",
        ["Λ"] = "Lambda",
        ["Μ"] = "Mu",
        ["Ν"] = "Nu",
        ["Ξ"] = "Xi",
        ["Ο"] = "Omicron",
        ["Π"] = "Pi",
        ["Ρ"] = "Rho",
        ["Σ"] = "Sigma",
        ["Τ"] = "Tau",
        ["Υ"] = "Upsilon",
        ["Φ"] = "Phi",
        ["Χ"] = "Chi",
        ["Ψ"] = "Psi",
        ["Ω"] = "Omega",
    };

    /// <summary>Signs of mathematics are written as on a keyboard, Greek letters are spelled (α is alpha), and any other letter is named by its number: é is uE9.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = new StringBuilder(text.Length);
        foreach (Rune letter in text.EnumerateRunes())
        {
            if (letter.Value < FirstForeign) plain.Append((char)letter.Value);
            else if (_spelled.TryGetValue(letter.ToString(), out string? spelled)) plain.Append(spelled);
            else plain.Append(CultureInfo.InvariantCulture, $"u{letter.Value:X}");
        }
        return plain.ToString();
    }

    /// <summary>The name of a Greek letter; null for any other.</summary>
    internal static string? Greek(char letter) => letter is > 'Ͱ' and < 'Ͽ' or 'µ' && _spelled.TryGetValue(letter.ToString(), out string? name) ? name : null;
}
