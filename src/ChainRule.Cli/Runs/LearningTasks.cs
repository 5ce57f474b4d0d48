using ChainRule.Cli.Display;
using ChainRule.Cli.Output;
using ChainRule.Data;
using ChainRule.Formats;

namespace ChainRule.Cli.Runs;

/// <summary>Finds what is named by --data, and makes it ready.</summary>
internal static class LearningTasks
{
    private const double TestShare = 0.2;
    private const int FewestExamples = 10;

    private static readonly string[] _builtIn = ["digits", "fashion-mnist", "xor"];

    /// <summary>Loads a built-in data set, a table or a folder.</summary>
    /// <exception cref="UserErrorException">There is no such thing, or it is not what it should be.</exception>
    public static LearningTask Load(string data, RandomKey key, CancellationToken cancellation)
    {
        DataSplit split = LoadExamples(data, key, cancellation);
        LearningTask task = data switch
        {
            "digits" => OfPictures(split, Recipes.Digits),
            "xor" => Xor.Task,
            _ when IsTable(data) => Of(split, Standardization.Of(split.Train.Inputs), Recipes.OfTable(split.Train.Count)) with { Columns = CsvFile.ReadColumnNames(data) },
            _ => OfPictures(split, Recipes.Pictures),
        };
        return task with { Source = data, TrainHash = DataHash.Of(split.Train) };
    }

    /// <summary>The same examples as they are in the data, not standardised.</summary>
    /// <exception cref="UserErrorException">There is no such thing, or it is not what it should be.</exception>
    public static DataSplit LoadExamples(string data, RandomKey key, CancellationToken cancellation)
    {
        try
        {
            return data switch
            {
                "digits" => Digits.Load().Split(TestShare, key),
                "fashion-mnist" => FashionMnist.Load(progress: new DownloadNote(), cancellation: cancellation),
                "xor" => Xor.Cases,
                _ when Directory.Exists(data) => ImageFolder.Load(data),
                _ when File.Exists(data) => OfTable(CsvFile.Read(data), key),
                _ => throw new UserErrorException($"there is no file or folder \"{data}\"; the built-in data are digits, fashion-mnist and xor{(Suggestion.For(data, _builtIn) is { Length: > 0 } suggestion ? suggestion : ".")}"),
            };
        }
        catch (Exception error) when (error is FileFormatException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException
            || (error is IOException && data != "fashion-mnist"))
        {
            throw new UserErrorException(error.Message);
        }
    }

    /// <summary>Whether the name is that of a file with a table.</summary>
    public static bool IsTable(string data) => !_builtIn.Contains(data) && File.Exists(data);

    /// <summary>Whether there is something of that name to load.</summary>
    public static bool IsThere(string data) => _builtIn.Contains(data) || Path.Exists(data);

    private static DataSplit OfTable(Dataset table, RandomKey key)
    {
        if (table.Count < FewestExamples || table.ClassNames.Count < 2)
            throw new UserErrorException($"{table.Name} has {Figures.Plural(table.Count, "example")} of {Figures.Plural(table.ClassNames.Count, "class", "classes")}; to learn and to test takes at least {FewestExamples} examples of 2 classes.");
        return table.Split(TestShare, key);
    }

    // One mean and one deviation for all pixels: one of its own would blow up a pixel that is hardly ever lit.
    private static LearningTask OfPictures(DataSplit split, Recipe recipe)
    {
        Tensor pixels = split.Train.Inputs.Reshape([split.Train.Inputs.ElementCount, 1]);
        return Of(split, Standardization.Of(pixels), recipe);
    }

    public static LearningTask Of(DataSplit split, Standardization standardization, Recipe recipe) => new()
    {
        Name = split.Train.Name,
        Description = split.Train.Description,
        FeatureShape = split.Train.FeatureShape,
        Train = Ready(split.Train, standardization),
        Test = Ready(split.Test, standardization),
        Standardization = standardization,
        Recipe = recipe,
    };

    private static Dataset Ready(Dataset part, Standardization standardization) =>
        part.WithInputs(standardization.Apply(part.Inputs.Reshape([part.Count, part.FeatureCount])));

    /// <summary>Says once that a download has begun: it may take a while.</summary>
    private sealed class DownloadNote : IProgress<DownloadProgress>
    {
        private bool _isSaid;

        public void Report(DownloadProgress value)
        {
            if (!_isSaid)
                Terminal.Note($"downloading Fashion-MNIST (30 MB) to {FashionMnist.CacheFolder}, once.");
            _isSaid = true;
        }
    }
}
