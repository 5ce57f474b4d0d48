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

    private const string Unproven = "The run has recorded no hash of its data, so it cannot be told whether they have changed.";

    private const string Invented = "The example is invented: inputs drawn from a normal distribution, label class 0, and an optimizer that remembers nothing of the training. "
        + "The weights are those of the model. Take one of the run's own with --row N, or one of a table with --example FILE.csv.";

    /// <summary>Where nothing is named: inputs were standardised, so an example looks like normal numbers.</summary>
    public static StepExample Invent(SavedModel model, RandomKey key) =>
        new(Tensor.Normal([1, model.Description.Sizes[0]], key.Child(1)), Tensor.Zeros([1], DType.Int64), Invented);

    /// <summary>A row of a table, counted from 1; the class stands in its last column, and columns with names are put in the order of the run's.</summary>
    /// <exception cref="UserErrorException">The table or the row is not there, or does not fit the model.</exception>
    public static StepExample OfTable(SavedModel model, string path, string file, int row)
    {
        if (Directory.Exists(file))
            throw new UserErrorException($"--example: {file} is a folder; name a table in it.");
        if (!File.Exists(file))
            throw new UserErrorException($"--example: there is no file \"{file}\".");
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
        if (row > table.Count)
            throw new UserErrorException($"--row: there is no row {row} in {file}, which has {Figures.Plural(table.Count, "row")}.");
        string name = table.ClassNames[(int)table.Labels.ToArray<long>()[row - 1]];
        int label = Array.IndexOf([.. model.Description.Classes], name);
        if (label < 0)
            throw new UserErrorException($"--example: row {row} of {file} has the class \"{Terminal.OneLine(name)}\", and the model knows {Known(model)}.");
        Tensor inputs = InOrder(table.Inputs[(row - 1)..row], OrderOf(path, file));
        return new(model.Standardization.Apply(inputs), Tensor.From<long>([label]), NoteOn(row, file, name));
    }

    /// <summary>One of the examples that the run has learned from, counted from 1.</summary>
    /// <exception cref="UserErrorException">The run does not say what its data were, or they are gone or changed.</exception>
    public static StepExample OfRun(SavedModel model, string path, int row)
    {
        RunConfig config = RunConfig.Beside(path);
        if (!LearningTasks.IsThere(config.Data))
            throw new UserErrorException($"--row: the run of {path} has learned from \"{config.Data}\", and there is no such file or folder here; go to the folder where it was trained, or name other data with --example FILE.csv.");
        Dataset train = LearningTasks.LoadExamples(config.Data, new RandomKey(config.Seed).Child(0), CancellationToken.None).Train;
        Fit(model, train, "--row", config.Data);
        RequireSame(model, config, train);
        if (row > train.Count)
            throw new UserErrorException($"--row: there is no row {row} in the training part of {config.Data}, which has {Figures.Plural(train.Count, "row")}{(LearningTasks.IsTable(config.Data) ? $"; for row {row} of the file itself add --example {config.Data}" : "")}.");
        Tensor inputs = train.Inputs[(row - 1)..row].Reshape([1, train.FeatureCount]), labels = train.Labels[(row - 1)..row];
        string note = NoteOn(row, $"the training part of {config.Data}", train.ClassNames[(int)labels.Item<long>()]);
        return new(model.Standardization.Apply(inputs), labels, config.TrainHash is null ? $"{note} {Unproven}" : note);
    }

    private static void RequireSame(SavedModel model, RunConfig config, Dataset train)
    {
        if (train.Count != config.Examples || !train.ClassNames.SequenceEqual(model.Description.Classes))
            throw new UserErrorException($"--row: {config.Data} has changed since the run: it learned from {Figures.Plural(config.Examples, "example")} of {Known(model)}; name other data with --example FILE.csv.");
        if (config.TrainHash is { } hash && hash != DataHash.Of(train))
            throw new UserErrorException($"--row: the numbers in {config.Data} have changed since the run: their SHA-256 is not the one that it recorded; bring them back, or name other data with --example FILE.csv.");
    }

    // Null where columns have no names: they are taken as they stand.
    private static int[]? OrderOf(string path, string file)
    {
        if (CsvFile.ReadColumnNames(file) is not { } names) return null;
        if (RunConfig.BesideIfAny(path, "--example")?.Columns is not { } known)
            throw new UserErrorException($"--example: the columns of {file} have names, and the run of {path} has recorded none to match them by; take the heading away if they are in the order of its data.");
        return TableHeading.Order(names, known)
            ?? throw new UserErrorException($"--example: the columns of {file} are {Listed(names)}, and the model takes {Listed(known)}, the class last.");
    }

    private static Tensor InOrder(Tensor inputs, int[]? order)
    {
        if (order is null) return inputs;
        float[] values = inputs.ToArray<float>();
        return Tensor.From<float>([.. order.Select(place => values[place])], [1, order.Length]);
    }

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Take(10).Select(Terminal.OneLine));

    private static string NoteOn(int row, string where, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"The example is row {row} of {Terminal.OneLine(where)}, class {Terminal.OneLine(name)}. {Fresh}");

    private static string Known(SavedModel model) => Listed(model.Description.Classes);

    private static void Fit(SavedModel model, Dataset data, string option, string name)
    {
        if (data.FeatureCount != model.Description.Sizes[0])
            throw new UserErrorException($"{option}: an example of {name} has {Figures.Plural(data.FeatureCount, "number")}, and the model takes {model.Description.Sizes[0]}.");
    }
}
