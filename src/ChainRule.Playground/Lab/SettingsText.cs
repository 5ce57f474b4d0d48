using System.Globalization;

namespace ChainRule.Playground.Lab;

/// <summary>Settings as the fragment of an address, <c>train?data=xor&amp;seed=1</c>, and back; what comes in may be hostile.</summary>
public static class SettingsText
{
    public const int Version = 1;
    /// <summary>The most letters of an expression.</summary>
    public const int MostLetters = 2_000;
    private const int MostCharacters = 40_000;
    private static readonly Settings Default = new();
    public static readonly string[] Rooms = ["train", "explain", "check", "learn"];
    public static readonly string[] Parts = ["data", "own", "network", "training", "rival", "export", "diagnosis", "flow", "weights", "nav"];

    public static string Write(string room, Settings settings)
    {
        var parts = new List<string> { $"v={Version}" };
        void Add(string key, string value) => parts.Add($"{key}={value}");
        Add("data", Lower(settings.Data));
        Add("n", Text(settings.Count));
        Add("noise", Text(settings.Noise));
        Add("seed", settings.Seed.ToString(CultureInfo.InvariantCulture));
        Add("split", Text(settings.TrainShare));
        Add("layers", string.Join(',', settings.Hidden.Select(width => Text(width))));
        Add("act", Lower(settings.Activation));
        Add("loss", Lower(settings.Loss));
        Add("opt", Lower(settings.Optimizer));
        Add("rate", Text(settings.Rate));
        Add("batch", Text(settings.BatchSize));
        if (settings.Rival is { } rival)
        {
            Add("opt2", Lower(rival));
            Add("rate2", Text(settings.RivalRate));
        }
        if (settings.Data == DataKind.Own)
            Add("points", string.Join(';', settings.Own.Select(point => $"{Text(point.X)},{Text(point.Y)},{Text(point.Label)}")));
        if (settings.Expression.Length > 0)
        {
            Add("expr", Uri.EscapeDataString(settings.Expression));
            Add("at", Uri.EscapeDataString(settings.At));
        }
        if (settings.Hide.Count > 0)
            Add("hide", string.Join(',', settings.Hide));
        return $"{room}?{string.Join('&', parts)}";
    }

    /// <summary>Reads a fragment; what cannot be used keeps its default, and the problem says what that was, or is null.</summary>
    public static (string Room, Settings Settings, string? Problem) Read(string fragment)
    {
        fragment = fragment.TrimStart('#');
        if (fragment.Length > MostCharacters)
            return (Rooms[0], Default, $"The address is longer than {MostCharacters} characters, so nothing of it was used.");
        var problems = new List<string>();
        string[] halves = fragment.Split('?', 2);
        string room = halves[0].Length == 0 ? Rooms[0] : halves[0];
        if (!Rooms.Contains(room))
        {
            problems.Add("the room");
            room = Rooms[0];
        }
        Settings settings = Default;
        foreach (string pair in halves.Length < 2 ? [] : halves[1].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = pair.Split('=', 2);
            string value = sides.Length < 2 ? "" : Uri.UnescapeDataString(sides[1]);
            if (With(settings, sides[0], value) is { } changed)
                settings = changed;
            else
                problems.Add(Fields.Contains(sides[0]) ? sides[0] : "an unknown name");
        }
        if (settings.Data == DataKind.Own && settings.Own.Count < 2)
        {
            problems.Add("points");
            settings = settings with { Data = DataKind.Circle };
        }
        return (room, settings, problems.Count == 0 ? null : $"The address holds what this page cannot use ({string.Join(", ", problems.Distinct())}); the defaults stand there instead.");
    }

    private static readonly string[] Fields = ["v", "data", "n", "noise", "seed", "split", "layers", "act", "loss", "opt", "rate", "batch", "opt2", "rate2", "points", "expr", "at", "hide"];

    private static Settings? With(Settings s, string key, string value) => key switch
    {
        "v" => value == Text(Version) ? s : null,
        "data" => Choice<DataKind>(value) is { } data ? s with { Data = data } : null,
        "n" => Whole(value, 4, Settings.MostPoints) is { } count ? s with { Count = count } : null,
        "noise" => Number(value, 0, 1) is { } noise ? s with { Noise = noise } : null,
        "seed" => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seed) ? s with { Seed = seed } : null,
        "split" => Whole(value, 10, 100) is { } share ? s with { TrainShare = share } : null,
        "layers" => Widths(value) is { } widths ? s with { Hidden = widths } : null,
        "act" => Choice<ActivationKind>(value) is { } activation ? s with { Activation = activation } : null,
        "loss" => Choice<LossKind>(value) is { } loss ? s with { Loss = loss } : null,
        "opt" => Choice<OptimizerKind>(value) is { } optimizer ? s with { Optimizer = optimizer } : null,
        "rate" => Number(value, 1e-6, 10) is { } rate ? s with { Rate = rate } : null,
        "batch" => Whole(value, 1, Settings.MostPoints) is { } batch ? s with { BatchSize = batch } : null,
        "opt2" => Choice<OptimizerKind>(value) is { } rival ? s with { Rival = rival } : null,
        "rate2" => Number(value, 1e-6, 10) is { } rate ? s with { RivalRate = rate } : null,
        "points" => PointText.Read(value.Replace(';', '\n')) is { Problem: null } read ? s with { Own = read.Points } : null,
        "expr" => value.Length <= MostLetters ? s with { Expression = value } : null,
        "at" => value.Length <= MostLetters ? s with { At = value } : null,
        "hide" => value.Split(',') is var hidden && hidden.All(Parts.Contains) ? s with { Hide = hidden } : null,
        _ => null,
    };

    private static int[]? Widths(string value)
    {
        if (value.Length == 0) return [];
        int?[] widths = [.. value.Split(',').Select(part => Whole(part, 1, Settings.MostWidth))];
        return widths.Length <= Settings.MostLayers && widths.All(width => width is not null) ? [.. widths.Select(width => width!.Value)] : null;
    }

    private static T? Choice<T>(string value)
        where T : struct, Enum =>
        value.Length > 0 && char.IsAsciiLetter(value[0]) && Enum.TryParse(value, ignoreCase: true, out T choice) && Enum.IsDefined(choice) ? choice : null;

    private static int? Whole(string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most ? number : null;

    private static double? Number(string value, double least, double most) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= least && number <= most ? number : null;

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
