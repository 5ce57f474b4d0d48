using ChainRule.Inspect;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ChainRule.Cli.Display;

/// <summary>A recording in a terminal, walked with the keys: the event, and the tensors with what it read and changed.</summary>
internal sealed class StepWalkView(StepRecording recording)
{
    private const int LinesAround = 12, LeastRows = 4, NarrowestBar = 10, WidestBar = 50, LongestName = 28;

    /// <summary>Whether there are keys to press and a screen to draw on.</summary>
    public static bool IsPossible => Terminal.IsInteractive && !Console.IsInputRedirected;

    public static void Show(StepRecording recording)
    {
        StepWalk walk = recording.Walk();
        var view = new StepWalkView(recording);
        AnsiConsole.AlternateScreen(() => AnsiConsole.Live(view.Draw(walk, Console.WindowHeight)).AutoClear(true).Start(context =>
        {
            while (Move(walk, recording.Count, Console.ReadKey(intercept: true)))
                context.UpdateTarget(view.Draw(walk, Console.WindowHeight));
        }));
    }

    /// <summary>Obeys a key.</summary>
    /// <returns>False for the one that ends the walk.</returns>
    public static bool Move(StepWalk walk, int last, ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.RightArrow or ConsoleKey.DownArrow or ConsoleKey.N or ConsoleKey.Spacebar or ConsoleKey.Enter: walk.Next(); break;
            case ConsoleKey.LeftArrow or ConsoleKey.UpArrow or ConsoleKey.P or ConsoleKey.Backspace: walk.Back(); break;
            case ConsoleKey.Home: walk.GoTo(0); break;
            case ConsoleKey.End: walk.GoTo(last); break;
            case ConsoleKey.PageDown: walk.GoTo(Math.Min(last, walk.Position + 10)); break;
            case ConsoleKey.PageUp: walk.GoTo(Math.Max(0, walk.Position - 10)); break;
            case ConsoleKey.Q or ConsoleKey.Escape: return false;
        }
        return true;
    }

    /// <summary>What is on the screen at a place of the walk.</summary>
    public IRenderable Draw(StepWalk walk, int height)
    {
        int width = Math.Clamp(Terminal.Width - 30, NarrowestBar, WidestBar), done = recording.Count == 0 ? 0 : width * walk.Position / recording.Count;
        string bar = $"[blue]{new string('━', done)}[/][grey]{new string('─', width - done)}[/]";
        string text = walk.Event is { } happened
            ? $"[bold]{happened.Kind.ToString().ToLowerInvariant()}[/]  {Markup.Escape(Terminal.OneLine(happened.Text))}"
            : "[bold]the beginning[/]  inputs and parameters are there, nothing is computed";
        return new Rows(
            new Markup($"event {walk.Position} [grey]of[/] {recording.Count}  {bar}"),
            new Panel(new Markup(text)).Expand().BorderColor(Color.Grey),
            Tensors(walk, Math.Max(LeastRows, height - LinesAround)),
            new Markup("[grey]← → one event · Page keys ten · Home End · n p · q ends[/]"));
    }

    private Table Tensors(StepWalk walk, int most)
    {
        StepState state = walk.State;
        HashSet<int> changed = [.. walk.Event?.Changes ?? []], read = [.. walk.Event?.Reads ?? []];
        StepTensor[] known = [.. recording.Tensors.Where(tensor => tensor.Kind != StepTensorKind.Product && state[tensor.Id] is not null)];
        int centre = Math.Max(0, Array.FindIndex(known, tensor => changed.Contains(tensor.Id)));
        // What the event touched must be on the screen, however far apart it stands.
        IEnumerable<StepTensor> shown = known.Index()
            .OrderByDescending(one => changed.Contains(one.Item.Id)).ThenByDescending(one => read.Contains(one.Item.Id)).ThenBy(one => Math.Abs(one.Index - centre))
            .Take(most).OrderBy(one => one.Index).Select(one => one.Item);
        Table table = new Table().Expand().Border(TableBorder.Simple).AddColumn("").AddColumn("tensor").AddColumn("numbers");
        foreach (StepTensor tensor in shown)
        {
            (string mark, string style) = changed.Contains(tensor.Id) ? ("►", "bold yellow") : read.Contains(tensor.Id) ? ("·", "blue") : (" ", "default");
            table.AddRow(new Text(mark), Cell(tensor.Name, LongestName, style), Cell(state[tensor.Id]!.Text, Math.Max(LongestName, Terminal.Width - LongestName - 12), style));
        }
        return table;
    }

    private static Markup Cell(string text, int most, string style)
    {
        string line = Terminal.OneLine(text);
        return new($"[{style}]{Markup.Escape(line.Length <= most ? line : line[..(most - 1)] + "…")}[/]");
    }
}
