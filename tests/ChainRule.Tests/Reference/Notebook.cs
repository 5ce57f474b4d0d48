using System.Text.Json;

namespace ChainRule.Tests.Reference;

/// <summary>The values that a course's notebook computes with NumPy and PyTorch in double precision, and a count of those compared with ours.</summary>
/// <remarks>The environment variable CHAINRULE_REFERENCE names another folder with a notebook.json of the same sections.</remarks>
public sealed class Notebook : IDisposable
{
    private readonly JsonDocument _document;
    private readonly string _file;
    private readonly SortedDictionary<string, (int Count, double Worst)> _compared = new(StringComparer.Ordinal);

    public Notebook()
    {
        string folder = Environment.GetEnvironmentVariable("CHAINRULE_REFERENCE")
            ?? Path.Combine(Shared.SolutionFolder.Path, "tests/ChainRule.Tests/Reference");
        _file = Path.Combine(folder, "notebook.json");
        _document = JsonDocument.Parse(File.ReadAllBytes(_file));
    }

    public JsonElement this[string section] => _document.RootElement.GetProperty(section);

    /// <summary>The sections that record the training of a network.</summary>
    public IEnumerable<string> Trainings =>
        from section in _document.RootElement.EnumerateObject()
        where section.Value.TryGetProperty("losses", out _)
        select section.Name;

    /// <summary>A number, a list or a list of lists.</summary>
    public static Tensor Read(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Number)
            return element.GetDouble();
        JsonElement[] rows = [.. element.EnumerateArray()];
        if (rows[0].ValueKind == JsonValueKind.Number)
            return rows.Select(row => row.GetDouble()).ToArray();
        return Tensor.Stack([.. rows.Select(Read)]);
    }

    /// <summary>Compares each element with the recorded one: |actual - expected| ≤ relative·|expected| + absolute.</summary>
    public void Compare(JsonElement expected, Tensor actual, string name, double relative, double absolute = 0)
    {
        Tensor recorded = Read(expected);
        Assert.Equal(recorded.Shape, actual.Shape);
        double[] wanted = recorded.ToArray<double>(), got = actual.ToArray<double>();
        double worst = 0;
        for (int i = 0; i < wanted.Length; i++)
        {
            double difference = Math.Abs(got[i] - wanted[i]);
            Assert.True(difference <= relative * Math.Abs(wanted[i]) + absolute, $"{name}, element {i}: {got[i]:R} instead of {wanted[i]:R}, off by {difference:G3}");
            worst = Math.Max(worst, difference == 0 ? 0 : difference / (Math.Abs(wanted[i]) + absolute));
        }
        // One line for all values of a section or layers of a network.
        (int count, double largest) = _compared.GetValueOrDefault(name.Split(" of ")[0]);
        _compared[name.Split(" of ")[0]] = (count + wanted.Length, Math.Max(largest, worst));
    }

    public void Dispose()
    {
        Console.WriteLine($"{_compared.Values.Sum(group => group.Count)} values compared with {_file}:");
        foreach ((string name, (int count, double worst)) in _compared)
            Console.WriteLine($"  {name}: {count}, largest relative difference {worst:G2}");
        _document.Dispose();
    }
}
