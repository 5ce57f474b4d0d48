using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ChainRule.Tests.Architecture;
using ChainRule.Tests.Laws;

namespace ChainRule.Tests.Catalogue;

/// <summary>What the catalogue says of one file of operations: all of it read from the code, its comments and its row.</summary>
internal sealed partial record OperationEntry(OpCase Row, string Family, string[] Names, string Meaning, string Formula, string Derivative)
{
    private static readonly Dictionary<string, XElement> Documentation =
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, "ChainRule.xml")).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);

    public static OperationEntry[] All { get; } =
    [
        .. from file in SourceFile.All("src/ChainRule/Ops")
           let row = OpCases.All.SingleOrDefault(row => row.Name == Path.GetFileNameWithoutExtension(file.Path))
           where row is not null
           orderby row.Name
           select Of(row, file),
    ];

    public bool IsPublic => Names.Length > 0;

    public string Anchor => Row.Name.ToLowerInvariant();

    /// <summary>Arguments and derivatives where those are a convention, or infinite.</summary>
    public string Kinks => string.Join("; ", Row.Points.Select(point =>
        $"{Tuple(point[..Row.Arity])}: {(Row.Arity == 1 ? Number(point[1]) : Tuple(point[Row.Arity..]))}"));

    public string Orders => Row.Order == 0 ? "none" : Row.Order.ToString(CultureInfo.InvariantCulture);

    private static OperationEntry Of(OpCase row, SourceFile file)
    {
        string family = file.Path.Split('/')[0];
        (string Shown, string Name)[] members = [.. Members(file).DistinctBy(member => member.Shown)];
        string meaning = members.Select(member => Summary($"M:ChainRule.Tensor.{member.Name}")).FirstOrDefault(text => text.Length > 0) ?? "";
        string both = row.Op is { } op ? Summary($"T:{op.FullName}") : "";
        // Two spaces part the formula from the derivative, or a sentence of its own speaks of it.
        Match parts = Parts().Match(both);
        (string formula, string derivative) = parts.Success ? (parts.Groups[1].Value, parts.Groups[2].Value) : (both, "");
        if (derivative.Length == 0)
            derivative = row.Order == 0 ? "zero" : row.Op is null ? "that of its parts" : "";
        return new(row, family, [.. members.Select(member => member.Shown)], meaning, formula, derivative.TrimEnd('.'));
    }

    // The public members that the file adds to Tensor, as one writes them and as the documentation names them.
    private static IEnumerable<(string Shown, string Name)> Members(SourceFile file)
    {
        // A file without methods of Tensor holds an operation that only rules use.
        if (!file.Text.Contains("partial class Tensor", StringComparison.Ordinal)) yield break;
        foreach (Match member in Member().Matches(file.Text.Split("\n}\n")[0]))
        {
            bool isStatic = member.Groups["static"].Success;
            string name = member.Groups["name"].Value, operation = member.Groups["operator"].Value;
            if (operation.Length > 0)
                yield return (operation == "-" && !member.Groups["rest"].Value.Contains(',', StringComparison.Ordinal) ? "-x" : $"a {operation} b", "op_");
            else if (name == "this")
                yield return ("x[...]", "Item");
            else
                yield return (isStatic ? $"Tensor.{name}" : name, name);
        }
    }

    private static string Summary(string start)
    {
        bool Fits(string name) => name == start || (name.StartsWith(start, StringComparison.Ordinal) && name[start.Length] is '(' or '`');
        XElement? summary = Documentation.Where(member => Fits(member.Key)).Select(member => member.Value.Element("summary")).FirstOrDefault(text => text is not null);
        if (summary is null) return "";
        string text = string.Concat(summary.Nodes().Select(node => node is XElement element ? Reference(element) : ((XText)node).Value));
        return LineBreak().Replace(text, " ").Trim();
    }

    // <see cref="P:ChainRule.Tensor.Grad"/> is Grad, <c>x</c> is x.
    private static string Reference(XElement element)
    {
        string target = element.Attribute("cref")?.Value ?? element.Attribute("name")?.Value ?? element.Value;
        return target.Split('(')[0].Split('.')[^1];
    }

    private static string Tuple(double[] numbers) => numbers.Length == 1 ? Number(numbers[0]) : $"({string.Join(", ", numbers.Select(Number))})";

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "-∞",
        _ => value.ToString("G4", CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"^(.*?)(?:[,;.]? {2,}|; (?=dy/d)|[.;] (?=[^.;]*derivative\b))(.*)$")]
    private static partial Regex Parts();

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex LineBreak();

    [GeneratedRegex(@"^    public (?<static>static )?(?:\([^)]*\)|[\w\[\]?]+) (?:operator (?<operator>[^\s(]+)|(?<name>\w+))(?<rest>(?:\(|\[| =>| *\n? *\{)[^\n]*)", RegexOptions.Multiline)]
    private static partial Regex Member();
}
