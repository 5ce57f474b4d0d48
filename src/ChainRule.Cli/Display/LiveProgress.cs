using System.Diagnostics;
using ChainRule.Cli.Output;
using ChainRule.Cli.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ChainRule.Cli.Display;

/// <summary>A run redrawn in place, ten times a second at most, by a clock of its own: training never waits for it.</summary>
internal sealed class LiveProgress
{
    private const int RefreshMilliseconds = 100;
    private const double SpeedWindow = 2;

    /// <summary>Below this many letters in a line a bar would push its neighbours over the edge.</summary>
    private const int NarrowerHasNoCurves = 62;

    /// <summary>In lower windows pictures would push the figures out of sight.</summary>
    private const int LowerHasNoPictures = 24;

    private const int PictureRows = 5, BarsAtMost = 8;

    private readonly Queue<(double Seconds, long Samples)> _recent = [];
    private double _secondsDrawing;

    public static void Watch(Progress progress, Task run)
    {
        var view = new LiveProgress();
        IAsyncResult end = run;
        AnsiConsole.Live(view.DrawTimed(progress)).AutoClear(false).Start(context =>
        {
            bool hasEnded;
            do
            {
                hasEnded = end.AsyncWaitHandle.WaitOne(RefreshMilliseconds);
                context.UpdateTarget(view.DrawTimed(progress));
            }
            while (!hasEnded);
        });
        AnsiConsole.WriteLine();
    }

    private IRenderable DrawTimed(Progress progress)
    {
        long start = Stopwatch.GetTimestamp();
        Moment moment = progress.Now();
        IRenderable picture = moment.Steps > 0 && Terminal.Width >= NarrowerHasNoCurves && Terminal.Height >= LowerHasNoPictures ? new Rows(Draw(moment), Pictures(moment)) : Draw(moment);
        _secondsDrawing += Stopwatch.GetElapsedTime(start).TotalSeconds;
        return picture;
    }

    private static Grid Pictures(Moment moment)
    {
        bool isUnicode = Terminal.IsUnicode;
        int half = Math.Clamp((Terminal.Width - 6) / 2, 20, 60);
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap());
        grid.AddRow(new Markup($"[grey]loss, all steps{Range(moment.AllLosses)}[/]"), new Markup($"[grey]loss, last {moment.RecentLosses.Count} steps{Range(moment.RecentLosses)}[/]"));
        grid.AddRow(Picture(moment.AllLosses, half, isUnicode), Picture(moment.RecentLosses, half, isUnicode));
        if (moment.Sample is { } sample)
        {
            grid.AddRow(new Markup($"[grey]gradients at step {Figures.Count(sample.Step)}, bars from 1e-9 to 10[/]"), Text.Empty);
            Grid bars = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap());
            foreach ((string name, string bar) in GradientBars.Of(sample, half - 26, BarsAtMost, isUnicode))
                bars.AddRow(new Markup(name), new Markup(bar));
            grid.AddRow(bars, Text.Empty);
        }
        return grid;
    }

    // Loss is seen best by ratios: a fall from 0.1 to 0.01 counts as much as one from 1 to 0.1.
    private static Markup Picture(IReadOnlyList<double> losses, int width, bool isUnicode)
    {
        var canvas = new Canvas(width, PictureRows, isUnicode);
        canvas.Plot(losses, isLogarithmic: true);
        return new Markup($"[blue]{Markup.Escape(string.Join('\n', canvas.Lines()))}[/]");
    }

    private static string Range(IReadOnlyList<double> losses)
    {
        double[] finite = [.. losses.Where(double.IsFinite)];
        return finite.Length == 0 ? "" : $", {Figures.Loss(finite.Min())} to {Figures.Loss(finite.Max())}";
    }

    private string Overhead(Moment moment) => moment.Seconds <= 0 ? ""
        : $"[grey]watching takes {Figures.Percent((_secondsDrawing + moment.SecondsWatching) / moment.Seconds)}[/]";

    private Grid Draw(Moment moment)
    {
        EpochRecord? last = moment.Done.Count > 0 ? moment.Done[^1] : null;
        if (Terminal.Width < NarrowerHasNoCurves)
            return DrawNarrow(moment, last);
        int width = Math.Clamp(Terminal.Width - 48, 10, 60);
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap());
        grid.AddRow(new Markup("[grey]epoch[/]"), new Markup($"{moment.Epoch} [grey]of[/] {moment.Epochs}"), new Markup($"{Bar(moment.Share, width)} {moment.Share * 100:0}% [grey]{Left(moment)}[/]"));
        grid.AddRow(new Markup("[grey]train[/]"), Measures(moment.Loss, moment.Accuracy, moment.Steps > 0), Curve(moment, epoch => epoch.TrainLoss, width, "blue"));
        grid.AddRow(new Markup("[grey]test[/]"), Measures(last?.TestLoss ?? 0, last?.TestAccuracy ?? 0, last is not null), Curve(moment, epoch => epoch.TestLoss, width, "darkorange"));
        grid.AddRow(new Markup("[grey]speed[/]"), new Markup($"{Figures.Count(Speed(moment))} samples/s"), new Markup(Overhead(moment)));
        // The title alone: the rest is said at the end.
        if (moment.Warnings.Count > 0)
            grid.AddRow(new Markup("[grey]doctor[/]"), new Markup($"[yellow]{Markup.Escape(Terminal.OneLine(moment.Warnings[^1].Split(':')[0]))}[/]"), Text.Empty);
        return grid;
    }

    private Grid DrawNarrow(Moment moment, EpochRecord? last)
    {
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap());
        grid.AddRow(new Markup("[grey]epoch[/]"), new Markup($"{moment.Epoch} [grey]of[/] {moment.Epochs}  {moment.Share * 100:0}%"));
        grid.AddRow(new Markup("[grey]train[/]"), Measures(moment.Loss, moment.Accuracy, moment.Steps > 0));
        grid.AddRow(new Markup("[grey]test[/]"), Measures(last?.TestLoss ?? 0, last?.TestAccuracy ?? 0, last is not null));
        grid.AddRow(new Markup("[grey]speed[/]"), new Markup($"{Figures.Count(Speed(moment))} samples/s"));
        return grid;
    }

    private static Markup Measures(double loss, double accuracy, bool areKnown) =>
        areKnown ? new Markup($"loss {Figures.Loss(loss)}  [bold]{Figures.Percent(accuracy),6}[/]") : new Markup("[grey]…[/]");

    private static IRenderable Curve(Moment moment, Func<EpochRecord, double> of, int width, string colour)
    {
        string curve = Sparkline.Of([.. moment.Done.Select(of)], width, isLogarithmic: true);
        return curve.Length == 0 ? Text.Empty : new Markup($"[{colour}]{curve}[/]");
    }

    private static string Bar(double share, int width)
    {
        int halves = (int)Math.Round(share * width * 2);
        string done = new('━', halves / 2), tip = halves % 2 == 1 ? "╸" : "";
        return $"[blue]{done}{tip}[/][grey35]{new string('━', width - done.Length - tip.Length)}[/]";
    }

    private static string Left(Moment moment) => moment.Share >= 1 ? Figures.Seconds(moment.Seconds)
        : double.IsNaN(moment.SecondsLeft) ? "" : $"{Figures.Clock(Math.Ceiling(moment.SecondsLeft))} left";

    /// <summary>Over the last two seconds, so that a change is seen and a hiccup is not.</summary>
    private long Speed(Moment moment)
    {
        _recent.Enqueue((moment.Seconds, moment.Samples));
        while (_recent.Count > 2 && moment.Seconds - _recent.Peek().Seconds > SpeedWindow)
            _recent.Dequeue();
        (double seconds, long samples) = _recent.Peek();
        if (_recent.Count < 3 || moment.Share >= 1)
            (seconds, samples) = (0, 0);
        return moment.Seconds > seconds ? (long)((moment.Samples - samples) / (moment.Seconds - seconds)) : 0;
    }
}
