using ChainRule.Cli.Output;
using ChainRule.Cli.Runs;
using ChainRule.Inspect;
using ChainRule.Nn;
using Spectre.Console;

namespace ChainRule.Cli.Display;

/// <summary>Shows a run as text: redrawn in place where someone watches, else line by line.</summary>
internal sealed class ConsoleView(bool isLive) : ITrainView
{
    public void Begin(LearningTask task, ModuleSummary summary, RunPlan plan)
    {
        Recipe recipe = plan.Recipe;
        Line($"[bold]{Safe(task.Name)}[/]  {Figures.Count(task.Train.Count)} examples to learn from, {Figures.Count(task.Test.Count)} for the test; {Figures.Plural(task.FeatureCount, "number")} each, {Figures.Plural(task.Classes.Count, "class", "classes")}");
        AnsiConsole.WriteLine();
        foreach (string line in summary.ToString().TrimEnd().Split('\n'))
            Line($"  {Safe(line.TrimEnd())}");
        AnsiConsole.WriteLine();
        Line($"[bold]{Safe(recipe.Optimizer)}[/]  learning rate {Figures.Number(recipe.LearningRate)}, {Figures.Plural(recipe.Epochs, "epoch")} of {Figures.Plural(plan.StepsPerEpoch, "step")}, batches of {recipe.Batch}, seed {recipe.Seed}, {Figures.Plural(plan.Threads, "thread")}");
        AnsiConsole.WriteLine();
    }

    public void Watch(Progress progress, Task run)
    {
        if (isLive)
            LiveProgress.Watch(progress, run);
        else
            PlainProgress.Watch(progress, run);
    }

    public void End(RunRecord run, string folder, IReadOnlyList<string> files)
    {
        if (run.Confusion.Classes.Count > 1)
            ConfusionTable.Write(run.Confusion);
        foreach (Finding finding in run.Findings)
            Write(finding);
        double speed = run.Seconds > 0 ? run.Steps * Math.Min(run.Recipe.Batch, run.Task.Train.Count) / run.Seconds : 0;
        Line($"[bold]{Figures.Percent(run.TestAccuracy)}[/] of the test right ({Figures.Count(run.Confusion.Right)} of {Figures.Count(run.Confusion.Total)}) after {Figures.Plural(run.EpochsDone, "epoch")}, {Figures.Plural(run.Steps, "step")} and {Figures.Seconds(run.Seconds)} [grey]({Figures.Count((long)speed)} samples/s)[/]");
        Line($"[grey]in[/] {Safe(folder)}[grey]:[/] {string.Join(' ', files.Select(Safe))}");
    }

    private void Write(Finding finding)
    {
        Line($"[yellow]doctor:[/] [bold]{Safe(finding.Title)}[/]{(finding.Layer.Length == 0 ? "" : $" in {Safe(finding.Layer)}")}, since step {Figures.Count(finding.SinceStep)}");
        (string Name, string Text)[] parts = [("seen", finding.Evidence), ("why", finding.Cause), ("cure", finding.Cure)];
        if (isLive)
        {
            // A grid keeps the second line of a text under its first.
            Grid grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(2)).AddColumn();
            foreach ((string name, string text) in parts)
                grid.AddRow(new Markup($"[grey]{name}[/]"), new Markup(Safe(text)));
            AnsiConsole.Write(grid);
        }
        else
        {
            foreach ((string name, string text) in parts)
                Line($"  {name,-4}  {Safe(text)}");
        }
        Line("");
    }

    // In a file a line is a line, however long: nobody wants a path in two pieces.
    private void Line(string markup)
    {
        if (isLive)
            AnsiConsole.MarkupLine(markup);
        else
            Console.Out.WriteLine(Markup.Remove(markup));
    }

    private static string Safe(string text) => Markup.Escape(Terminal.OneLine(text));
}
