using ChainRule.Cli.Output;
using ChainRule.Cli.Runs;
using Spectre.Console;

namespace ChainRule.Cli.Display;

/// <summary>What was taken for what, as a table; where that would be too wide, the most frequent mistakes.</summary>
internal static class ConfusionTable
{
    private const int LongestName = 10;
    private const int MistakesListed = 8;

    public static void Write(Confusion confusion)
    {
        string[] names = [.. confusion.Classes.Select(Short)];
        int width = names.Max(name => name.Length) + names.Sum(name => Math.Max(name.Length, Widest(confusion)) + 2) + 12;
        if (width > Terminal.Width)
            WriteMistakes(confusion);
        else
            WriteTable(confusion, names);
        AnsiConsole.WriteLine();
    }

    private static void WriteTable(Confusion confusion, string[] names)
    {
        var table = new Table { Border = TableBorder.None, ShowRowSeparators = false };
        table.AddColumn(new TableColumn(new Markup("[grey]is ↓  taken for →[/]")).PadRight(2));
        foreach (string name in names)
            table.AddColumn(new TableColumn(new Markup($"[grey]{Markup.Escape(name)}[/]")).RightAligned().NoWrap().Padding(1, 0));
        table.AddColumn(new TableColumn(new Markup("[grey]found[/]")).RightAligned().NoWrap());
        for (int actual = 0; actual < names.Length; actual++)
        {
            int row = actual;
            table.AddRow([new Markup(Markup.Escape(names[actual])),
                .. names.Select((_, predicted) => Cell(confusion.Counts[row, predicted], row == predicted)),
                new Markup($"[grey]{Figures.Percent(confusion.Recall(actual))}[/]")]);
        }
        AnsiConsole.Write(table);
    }

    private static Markup Cell(long count, bool isRight) =>
        new(count == 0 ? "[grey35]·[/]" : isRight ? $"[blue]{count}[/]" : $"[bold darkorange]{count}[/]");

    private static void WriteMistakes(Confusion confusion)
    {
        (string Actual, string Predicted, long Count)[] mistakes = [.. confusion.Mistakes().Take(MistakesListed)];
        if (mistakes.Length == 0) return;
        var table = new Table { Border = TableBorder.None };
        table.AddColumn("[grey]most frequent mistakes[/]").AddColumn("[grey]taken for[/]").AddColumn(new TableColumn("[grey]times[/]").RightAligned());
        foreach ((string actual, string predicted, long count) in mistakes)
            table.AddRow(Markup.Escape(Short(actual)), Markup.Escape(Short(predicted)), $"{count}");
        AnsiConsole.Write(table);
    }

    private static int Widest(Confusion confusion) => Figures.Count(confusion.Total).Length;

    private static string Short(string name)
    {
        string line = Terminal.OneLine(name);
        return line.Length <= LongestName ? line : line[..(LongestName - 1)] + "…";
    }
}
