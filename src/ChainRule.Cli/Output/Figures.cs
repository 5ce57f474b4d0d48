using System.Globalization;

namespace ChainRule.Cli.Output;

/// <summary>Numbers as people read them, the same in every language of the system.</summary>
internal static class Figures
{
    public static string Percent(double share) => double.IsNaN(share) ? "–" : (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    /// <summary>Four significant digits: 2.303, 0.01234, 1.2e-05.</summary>
    public static string Loss(double loss) => loss.ToString(Math.Abs(loss) is < 1e-4 and > 0 or >= 1e5 ? "0.00e+0" : Math.Abs(loss) < 0.1 ? "0.00000" : "0.0000", CultureInfo.InvariantCulture);

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>All digits that matter: 0.002, and 0.00001 rather than 1E-05.</summary>
    public static string Number(double number)
    {
        string plain = number.ToString("0.###############", CultureInfo.InvariantCulture);
        return Math.Abs(number) is < 1e-4 and >= 1e-9 && double.Parse(plain, CultureInfo.InvariantCulture) == number ? plain : number.ToString("R", CultureInfo.InvariantCulture);
    }

    public static string Seconds(double seconds) => seconds.ToString(seconds < 10 ? "0.00 s" : "0.0 s", CultureInfo.InvariantCulture);

    public static string Gigabytes(long bytes) => (bytes / 1e9).ToString("0.0 GB", CultureInfo.InvariantCulture);

    /// <summary>0:07, 12:34 or 3:04:05.</summary>
    public static string Clock(double seconds)
    {
        var time = TimeSpan.FromSeconds(Math.Min(seconds, 3_599_999));
        string minutes = time.ToString(@"mm\:ss", CultureInfo.InvariantCulture);
        return time.TotalHours >= 1 ? $"{(int)time.TotalHours}:{minutes}" : minutes.TrimStart('0') is var short_ && short_.StartsWith(':') ? $"0{short_}" : short_;
    }

    /// <summary>"1 epoch", "2 epochs".</summary>
    public static string Plural(long count, string one, string? many = null) => $"{Count(count)} {(count == 1 ? one : many ?? one + "s")}";
}
