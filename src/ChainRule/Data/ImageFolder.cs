using ChainRule.Formats;

namespace ChainRule.Data;

/// <summary>Data sets of the MNIST family: a folder with the pictures and labels to learn from and to be tested by, as four IDX files.</summary>
public static class ImageFolder
{
    private const int MostClasses = 10_000;

    private static readonly string[] _trainNames = ["train"], _testNames = ["t10k", "test"];

    /// <summary>Loads the four files, named like <c>train-images-idx3-ubyte</c> and <c>t10k-labels-idx1-ubyte</c>, with or without <c>.gz</c>.</summary>
    /// <param name="folder">The folder. Before the names above others may stand: <c>emnist-letters-train-images-idx3-ubyte.gz</c>.</param>
    /// <param name="name">What to call the data set; by itself the folder's name.</param>
    /// <param name="classNames">The name of each class; by itself its number.</param>
    /// <param name="description">Where the data come from.</param>
    /// <returns>Pictures [count, rows, columns] from 0 to 1, and their classes.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">One of the files is missing.</exception>
    /// <exception cref="FileFormatException">A file is damaged, or pictures and labels do not belong together.</exception>
    public static DataSplit Load(string folder, string? name = null, IReadOnlyList<string>? classNames = null, string description = "")
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder {folder}.");
        name ??= Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        (Tensor Images, Tensor Labels, string Path) train = LoadPart(folder, _trainNames), test = LoadPart(folder, _testNames);
        if (train.Images.Shape.Sizes[1..] is var size && !size.SequenceEqual(test.Images.Shape.Sizes[1..]))
            throw FileFormatException.AtByte(test.Path, 4, $"the pictures of the test have shape {test.Images.Shape}, those to learn from {train.Images.Shape}");
        classNames ??= [.. Enumerable.Range(0, CountClasses(train.Labels, train.Path)).Select(label => $"{label}")];
        return new(Whole(train), Whole(test));

        Dataset Whole((Tensor Images, Tensor Labels, string Path) part)
        {
            RequireLabels(part.Labels, classNames.Count, part.Path);
            return new(name, part.Images, part.Labels, classNames, description);
        }
    }

    /// <summary>Whether a folder holds all four files.</summary>
    public static bool IsOne(string folder) => Directory.Exists(folder)
        && Files(folder, _trainNames, "images", 3).Any() && Files(folder, _trainNames, "labels", 1).Any()
        && Files(folder, _testNames, "images", 3).Any() && Files(folder, _testNames, "labels", 1).Any();

    private static (Tensor Images, Tensor Labels, string LabelsPath) LoadPart(string folder, string[] part)
    {
        string imagesPath = Find(folder, part, "images", 3), labelsPath = Find(folder, part, "labels", 1);
        Tensor labels = IdxFile.Read(labelsPath, DType.Int64);
        Tensor images = IdxFile.Read(imagesPath, DType.Float32, divisor: 255);
        if (images.Rank < 2 || images.ElementCount == 0)
            throw FileFormatException.AtByte(imagesPath, 3, $"shape {images.Shape} is not [pictures, rows, columns] with at least one of each");
        if (labels.Rank != 1 || labels.Shape[0] != images.Shape[0])
            throw FileFormatException.AtByte(labelsPath, 4, $"labels of shape {labels.Shape} do not belong to the {images.Shape[0]} pictures of {imagesPath}");
        return (images, labels, labelsPath);
    }

    private static string Find(string folder, string[] part, string kind, int rank)
    {
        string[] found = [.. Files(folder, part, kind, rank)];
        string wanted = $"{part[0]}-{kind}-idx{rank}-ubyte";
        return found.Length switch
        {
            1 => found[0],
            0 => throw new FileNotFoundException($"The folder {folder} has no file {wanted} or {wanted}.gz.", Path.Combine(folder, wanted)),
            _ => throw new IOException($"The folder {folder} has several files for {wanted}: {string.Join(", ", found.Select(Path.GetFileName))}. Keep one of them there."),
        };
    }

    // A file that lies there both packed and unpacked counts once.
    private static IEnumerable<string> Files(string folder, string[] part, string kind, int rank)
    {
        string[] endings = [.. part.SelectMany(word => new[] { $"{word}-{kind}-idx{rank}-ubyte", $"{word}-{kind}.idx{rank}-ubyte" })];
        return Directory.EnumerateFiles(folder)
            .Where(file => endings.Any(Unpacked(file).EndsWith))
            .Order(StringComparer.Ordinal)
            .DistinctBy(Unpacked);
    }

    private static string Unpacked(string file) => file.EndsWith(".gz", StringComparison.Ordinal) ? file[..^3] : file;

    private static int CountClasses(Tensor labels, string path)
    {
        long largest = labels.Max().Item<long>();
        return largest < MostClasses
            ? (int)Math.Max(largest + 1, 1)
            : throw FileFormatException.AtByte(path, 4, $"the largest label, {largest}, would need more than {MostClasses} classes");
    }

    private static void RequireLabels(Tensor labels, int classes, string path)
    {
        long[] values = labels.ToArray<long>();
        int wrong = Array.FindIndex(values, label => label < 0 || label >= classes);
        if (wrong >= 0)
            throw FileFormatException.AtByte(path, 8 + wrong, $"label {values[wrong]} of picture {wrong} names none of the {classes} classes");
    }
}
