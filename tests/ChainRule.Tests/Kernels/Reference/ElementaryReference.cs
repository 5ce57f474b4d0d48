using System.Globalization;
using System.IO.Compression;

namespace ChainRule.Tests.Kernels.Reference;

/// <summary>The high-precision values that make-elementary-reference.py wrote.</summary>
internal static class ElementaryReference
{
    private static readonly Lazy<Dictionary<string, ElementaryCase[]>> Cases = new(Read);

    public static ElementaryCase[] Of(string function) => Cases.Value[function];

    private static Dictionary<string, ElementaryCase[]> Read()
    {
        using var file = typeof(ElementaryReference).Assembly.GetManifestResourceStream("elementary.csv.gz")!;
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        var cases = new Dictionary<string, List<ElementaryCase>>();
        while (reader.ReadLine() is { } line)
        {
            var columns = line.Split(',');
            if (!cases.TryGetValue(columns[0], out var list))
            {
                cases.Add(columns[0], list = []);
            }
            list.Add(new(Number(columns[1]), columns[2].Length == 0 ? 0 : Number(columns[2]), Number(columns[3]), Number(columns[4])));
        }
        return cases.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());
    }

    private static double Number(string text) => text switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
