using System.Globalization;
using ChainRule.Formats;

namespace ChainRule.Data;

/// <summary>Collects the last column: places in a list of names if the file has one, else whole numbers or names.</summary>
internal sealed class CsvClasses(IReadOnlyList<string>? given)
{
    /// <summary>More classes than this are taken for a measured quantity.</summary>
    private const int Most = 10_000;

    private readonly List<long> _labels = [];
    private readonly Dictionary<string, long> _places = new(StringComparer.Ordinal);
    private readonly List<long> _numbers = [];
    private bool? _areNumbers;

    public int Count => _labels.Count;

    /// <summary>Takes the class of a line.</summary>
    /// <exception cref="FileFormatException">It is missing, of another kind than before, or outside the classes that are given.</exception>
    public void Add(CsvRow row)
    {
        int column = row.Count - 1;
        string text = row.Text(column);
        if (text.Length == 0)
            throw row.Wrong(column, "the class is missing");
        long? number = row.Whole(column);
        if (number is null && row.IsNumber(column))
            throw row.Wrong(column, $"the class {Excerpt.Of(text)} is neither a whole number nor a name");
        if (given is null)
            AddFound(row, column, number, text);
        else if (number is { } label && label >= 0 && label < given.Count)
            _labels.Add(label);
        else
            throw row.Wrong(column, $"the class {Excerpt.Of(text)} is not a number from 0 to {given.Count - 1}");
    }

    /// <summary>The class of each line, and the names; found classes are in the order of their numbers or names, whatever the order of the lines.</summary>
    public (Tensor Labels, IReadOnlyList<string> Names) ToLabels()
    {
        if (given is not null)
            return (Tensor.From([.. _labels]), given);
        string[] names = new string[_places.Count];
        foreach ((string name, long place) in _places)
            names[place] = name;
        int[] order = [.. Enumerable.Range(0, names.Length)];
        if (_areNumbers == true)
            Array.Sort(order, (a, b) => _numbers[a].CompareTo(_numbers[b]));
        else
            Array.Sort(order, (a, b) => string.CompareOrdinal(names[a], names[b]));
        long[] rank = new long[order.Length];
        for (int i = 0; i < order.Length; i++)
            rank[order[i]] = i;
        return (Tensor.From(_labels.ConvertAll(label => rank[label]).ToArray()), Array.ConvertAll(order, place => names[place]));
    }

    private void AddFound(CsvRow row, int column, long? number, string text)
    {
        _areNumbers ??= number is not null;
        if (_areNumbers != number is not null)
            throw row.Wrong(column, $"the class {Excerpt.Of(text)} is {(number is null ? "a name, but the ones before are numbers" : "a number, but the ones before are names")}");
        string name = number?.ToString(CultureInfo.InvariantCulture) ?? text;
        if (!_places.TryGetValue(name, out long place))
        {
            if (_places.Count == Most)
                throw row.Wrong(column, $"there are more than {Most} classes; is the last column a class?");
            _places.Add(name, place = _places.Count);
            _numbers.Add(number ?? 0);
        }
        _labels.Add(place);
    }
}
