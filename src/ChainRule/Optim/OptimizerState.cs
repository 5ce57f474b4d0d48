using System.Globalization;
using System.Reflection;

namespace ChainRule.Optim;

/// <summary>What an optimizer must know to go on as if it had never been interrupted.</summary>
/// <param name="Notes">Its kind, settings and rates, as text.</param>
/// <param name="Tensors">What it remembers.</param>
internal sealed record OptimizerState(IReadOnlyDictionary<string, string> Notes, IReadOnlyDictionary<string, Tensor> Tensors)
{
    private const string KindKey = "optimizer", SettingPrefix = "setting.";

    /// <summary>The kind of an optimizer and the settings that it was made with: its public properties that cannot be set.</summary>
    /// <param name="kind">The name of its type.</param>
    /// <param name="owner">The optimizer.</param>
    /// <param name="properties">The public properties of its type.</param>
    public static Dictionary<string, string> Settings(string kind, object owner, IEnumerable<PropertyInfo> properties)
    {
        var notes = new Dictionary<string, string> { [KindKey] = kind };
        foreach (PropertyInfo property in properties)
        {
            if (property.SetMethod is null && (property.PropertyType == typeof(double) || property.PropertyType == typeof(bool) || property.PropertyType == typeof(int)))
                notes[SettingPrefix + property.Name] = Convert.ToString(property.GetValue(owner), CultureInfo.InvariantCulture)!;
        }
        return notes;
    }

    /// <summary>A number as text that gives the same number again, or nothing for none.</summary>
    public static string Text(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    /// <summary>What differs from the kind and settings that are asked for; nothing else is compared if the kind does.</summary>
    public List<string> Differences(IReadOnlyDictionary<string, string> wanted)
    {
        string? kind = Notes.GetValueOrDefault(KindKey);
        if (kind != wanted[KindKey])
            return [kind is null ? "the file has no optimizer in it" : $"the file is of {kind}"];
        return [.. from note in wanted
                   let found = Notes.GetValueOrDefault(note.Key)
                   where found != note.Value
                   select $"{note.Key.Replace(SettingPrefix, "", StringComparison.Ordinal)} is {found ?? "missing"}, but must be {note.Value}"];
    }

    /// <summary>A number of the notes that is not negative; null, and a problem more, if it is not there or no such number.</summary>
    public double? Number(string key, List<string> problems)
    {
        if (Notes.TryGetValue(key, out string? text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= 0)
            return number;
        problems.Add($"{key} is {text ?? "missing"}, but must be a number and not negative");
        return null;
    }

    /// <summary>The same where there may be none.</summary>
    public double? NumberOrNone(string key, List<string> problems) =>
        Notes.TryGetValue(key, out string? text) && text.Length == 0 ? null : Number(key, problems);
}
