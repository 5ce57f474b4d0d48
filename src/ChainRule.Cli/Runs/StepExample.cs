using System.Globalization;
using ChainRule.Cli.Display;
using ChainRule.Cli.Output;
using ChainRule.Data;

namespace ChainRule.Cli.Runs;

/// <summary>The one example that a trained model makes its step on.</summary>
/// <param name="Inputs">float32 of shape [1, features], standardised as in training.</param>
/// <param name="Labels">int64 of shape [1].</param>
/// <param name="Note">What is to be said about it.</param>
internal sealed record StepExample(Tensor Inputs, Tensor Labels, string Note)
{
    private const string Fresh = "The optimizer remembers nothing of the training; the weights are those of the model.";

    private const string Invented = "The example is invented: inputs drawn from a normal distribution, label class 0, and an optimizer that remembers nothing of the training. "
        + "The weights are those of the model. Take one of the run's own with --row N, or one of a table with --example FILE.csv.";

    /// <summary>Where nothing is named: inputs were standardised, so an example looks like normal numbers.</summary>
    public static StepExample Invent(SavedModel model, RandomKey key) =>
        new(Tensor.Normal([1, model.Description.Sizes[0]], key.Child(1)), Tensor.Zeros([1], DType.Int64), Invented);

    /// <summary>A row of a table, counted from 1; the class stands in its last column.</summary>
    /// <exception cref="UserErrorException">The table or the row is not there, or does not fit the model.</exception>
    public static StepExample OfTable(SavedModel model, string file, int row)
    {
        if (Directory.Exists(file))
            throw new UserErrorException($"--example: {file} is a folder; name a table in it.");
        Dataset table;
        try
        {
            table = CsvFile.Read(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new UserErrorException($"--example: {error.Message}");
        }
        Fit(model, table, "--example", file);
        RequireRow(row, table.Count, file);
        string name = table.ClassNames[(int)table.Labels.ToArray<long>()[row - 1]];
        int label = Array.IndexOf([.. model.Description.Classes], name);
        if (label < 0)
            throw new UserErrorException($"--example: row {row} of {file} has the class \"{Terminal.OneLine(name)}\", and the model knows {Known(model)}.");
        Tensor inputs = model.Standardization.Apply(table.Inputs[(row - 1)..row]);
        return new(inputs, Tensor.From<long>([label]), NoteOn(row, file, name));
    }

    /// <summary>One of the examples that the run has learned from, counted from 1.</summary>
    /// <exception cref="UserErrorException">The run does not say what its data were, or they are gone or changed.</exception>
    public static StepExample OfRun(SavedModel model, string path, int row)
    {
        RunConfig config = RunConfig.Beside(path);
        LearningTask task = LearningTasks.Load(config.Data, new RandomKey(config.Seed).Child(0), CancellationToken.None);
        Fit(model, task.Train, "--row", config.Data);
        if (task.Train.Count != config.Examples || !task.Classes.SequenceEqual(model.Description.Classes))
            throw new UserErrorException($"--row: {config.Data} has changed since the run: it learned from {Figures.Plural(config.Examples, "example")} of {Known(model)}; name other data with --example FILE.csv.");
        RequireRow(row, task.Train.Count, config.Data);
        Tensor labels = task.Train.Labels[(row - 1)..row];
        return new(task.Train.Inputs[(row - 1)..row], labels, NoteOn(row, $"the training part of {config.Data}", task.Classes[(int)labels.Item<long>()]));
    }

    private static string NoteOn(int row, string where, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"The example is row {row} of {Terminal.OneLine(where)}, class {Terminal.OneLine(name)}. {Fresh}");

    private static string Known(SavedModel model) => string.Join(", ", model.Description.Classes.Take(10).Select(Terminal.OneLine));

    private static void Fit(SavedModel model, Dataset data, string option, string name)
    {
        if (data.FeatureCount != model.Description.Sizes[0])
            throw new UserErrorException($"{option}: an example of {name} has {Figures.Plural(data.FeatureCount, "number")}, and the model takes {model.Description.Sizes[0]}.");
    }

    private static void RequireRow(int row, long count, string where)
    {
        if (row > count)
            throw new UserErrorException($"--row: there is no row {row} in {where}, which has {Figures.Plural(count, "row")}.");
    }
}
