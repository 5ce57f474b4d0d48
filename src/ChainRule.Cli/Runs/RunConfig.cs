using System.Text.Json;
using ChainRule.Cli.Output;

namespace ChainRule.Cli.Runs;

/// <summary>What a run was made from, kept beside its model in config.json.</summary>
/// <param name="Data">What --data named, as it was written.</param>
/// <param name="Seed">The seed, which also decided which examples are for the test.</param>
/// <param name="Examples">How many examples it learned from.</param>
/// <param name="TrainHash">What <see cref="DataHash"/> makes of them; null in the files of versions that did not record it.</param>
/// <param name="Columns">The names of the table's columns, the class last; null where there were none, or were not recorded.</param>
internal sealed record RunConfig(string Data, long Seed, long Examples, string? TrainHash, IReadOnlyList<string>? Columns)
{
    public const string FileName = "config.json";
    private const int Format = 1;

    public static string JsonOf(RunRecord run) => JsonLine.Of(json =>
    {
        json.WriteNumber("format", Format);
        json.WriteString("data", run.Task.Source);
        json.WriteNumber("seed", run.Recipe.Seed);
        json.WriteNumber("examples", run.Task.Train.Count);
        json.WriteString("trainSha256", run.Task.TrainHash);
        if (run.Task.Columns is { } columns)
        {
            json.WriteStartArray("columns");
            foreach (string column in columns)
                json.WriteStringValue(column);
            json.WriteEndArray();
        }
        json.WriteStartArray("layers");
        foreach (int size in run.Recipe.Layers)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteString("activation", run.Recipe.Activation);
        json.WriteString("optimizer", run.Recipe.Optimizer);
        json.WriteNumber("learningRate", run.Recipe.LearningRate);
        json.WriteNumber("batch", run.Recipe.Batch);
        json.WriteNumber("epochs", run.Recipe.Epochs);
    });

    /// <summary>Reads the file beside a model.</summary>
    /// <exception cref="UserErrorException">It is not there, or not what a run has written.</exception>
    public static RunConfig Beside(string model) =>
        BesideIfAny(model, "--row") ?? throw new UserErrorException($"--row: there is no {FileName} beside {model} that says what data it has learned from; name them with --example FILE.csv.");

    /// <summary>Reads the file beside a model, if there is one.</summary>
    /// <param name="model">The model's file.</param>
    /// <param name="option">The option for which it is read, to be named in errors.</param>
    /// <exception cref="UserErrorException">It is not what a run has written.</exception>
    public static RunConfig? BesideIfAny(string model, string option)
    {
        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(model))!, FileName);
        if (!File.Exists(path)) return null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            JsonElement root = document.RootElement;
            return new RunConfig(
                root.GetProperty("data").GetString() ?? throw new JsonException("data is missing"), root.GetProperty("seed").GetInt64(), root.GetProperty("examples").GetInt64(),
                root.TryGetProperty("trainSha256", out JsonElement hash) ? hash.GetString() : null,
                root.TryGetProperty("columns", out JsonElement columns) ? [.. columns.EnumerateArray().Select(column => column.GetString() ?? "")] : null);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{option}: {path} is not what a run has written: {error.Message}");
        }
    }
}
