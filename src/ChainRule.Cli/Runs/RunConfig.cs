using System.Text.Json;
using ChainRule.Cli.Output;

namespace ChainRule.Cli.Runs;

/// <summary>What a run was made from, kept beside its model in config.json.</summary>
/// <param name="Data">What --data named, as it was written.</param>
/// <param name="Seed">The seed, which also decided which examples are for the test.</param>
/// <param name="Examples">How many examples it learned from.</param>
internal sealed record RunConfig(string Data, long Seed, long Examples)
{
    public const string FileName = "config.json";
    private const int Format = 1;

    public static string JsonOf(RunRecord run) => JsonLine.Of(json =>
    {
        json.WriteNumber("format", Format);
        json.WriteString("data", run.Task.Source);
        json.WriteNumber("seed", run.Recipe.Seed);
        json.WriteNumber("examples", run.Task.Train.Count);
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
    public static RunConfig Beside(string model)
    {
        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(model))!, FileName);
        if (!File.Exists(path))
            throw new UserErrorException($"--row: there is no {FileName} beside {model} that says what data it has learned from; name them with --example FILE.csv.");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            JsonElement root = document.RootElement;
            return new RunConfig(
                root.GetProperty("data").GetString() ?? throw new JsonException("data is missing"), root.GetProperty("seed").GetInt64(), root.GetProperty("examples").GetInt64());
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"--row: {path} is not what a run has written: {error.Message}");
        }
    }
}
