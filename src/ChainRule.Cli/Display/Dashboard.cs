using ChainRule.Cli.Output;
using ChainRule.Cli.Runs;
using ChainRule.Inspect;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ChainRule.Cli.Display;

/// <summary>A moment of a run on a screen: figures, and where there is room the curves, the layers' gradients and what the doctor says.</summary>
/// <param name="width">Letters in a line.</param>
/// <param name="height">Lines.</param>
/// <param name="isUnicode">Whether more than plain signs can be shown.</param>
internal sealed class Dashboard(int width, int height, bool isUnicode)
{
    /// <summary>Below this many letters in a line a bar would push its neighbours over the edge.</summary>
    private const int NarrowerHasNoCurves = 62;

    /// <summary>In lower windows pictures would push the figures out of sight.</summary>
    private const int LowerHasNoPictures = 24;

    private const int PictureRows = 5, BarsAtMost = 6, LeastHalf = 28, WidestHalf = 60;

    // Before that what it takes is mostly the compiler's.
    private const double SecondsUntilShareSaysMuch = 5;

    private const string TrainColour = "blue", TestColour = "darkorange";

    /// <summary>Draws it.</summary>
    /// <param name="moment">The moment.</param>
    /// <param name="samplesPerSecond">How fast it goes.</param>
    /// <param name="secondsDrawing">What drawing has taken so far.</param>
    public IRenderable Draw(Moment moment, long samplesPerSecond, double secondsDrawing)
    {
        if (width < NarrowerHasNoCurves) return Narrow(moment, samplesPerSecond);
        Grid figures = FiguresOf(moment, samplesPerSecond, secondsDrawing);
        return moment.Steps > 0 && height >= LowerHasNoPictures ? new Rows(figures, DoctorLine(moment), Pictures(moment)) : new Rows(figures, DoctorLine(moment));
    }

    private Grid FiguresOf(Moment moment, long samplesPerSecond, double secondsDrawing)
    {
        EpochRecord? last = moment.Done.Count > 0 ? moment.Done[^1] : null;
        int bar = Math.Clamp(width - 48, 10, 60);
        double share = moment.Seconds > 0 ? (secondsDrawing + moment.SecondsWatching) / moment.Seconds : 0;
        Grid grid = Columns(3);
        grid.AddRow(new Markup("[grey]epoch[/]"), new Markup($"{moment.Epoch} [grey]of[/] {moment.Epochs}"), new Markup($"{Bar(moment.Share, bar)} {moment.Share * 100:0}% [grey]{Left(moment)}[/]"));
        grid.AddRow(new Markup("[grey]train[/]"), Measures(moment.Loss, moment.Accuracy, moment.Steps > 0), Curve(moment, epoch => epoch.TrainLoss, bar, TrainColour));
        grid.AddRow(new Markup("[grey]test[/]"), Measures(last?.TestLoss ?? 0, last?.TestAccuracy ?? 0, last is not null), Curve(moment, epoch => epoch.TestLoss, bar, TestColour));
        grid.AddRow(new Markup("[grey]speed[/]"), new Markup($"{Figures.Count(samplesPerSecond)} samples/s"), new Markup(moment.Seconds >= SecondsUntilShareSaysMuch ? $"[grey]watching takes {Figures.Percent(share)}[/]" : ""));
        return grid;
    }

    // In one line, as long as the screen is wide: the rest is said at the end.
    private Markup DoctorLine(Moment moment)
    {
        const string Label = "doctor ";
        Finding? finding = moment.Findings.Count > 0 ? moment.Findings[0] : null;
        string said = finding is null ? moment.Warnings.Count > 0 ? "no longer: " + moment.Warnings[^1] : "" : $"{finding}";
        if (said.Length == 0) return new Markup($"[grey]{Label} nothing found[/]");
        string line = Terminal.OneLine(said);
        int room = width - Label.Length - 2;
        line = line.Length > room ? line[..(room - 1)] + (isUnicode ? "…" : "~") : line;
        return new Markup($"[grey]{Label}[/] [{(finding is null ? "grey" : finding.Severity == FindingSeverity.Critical ? "bold darkorange" : "yellow")}]{Markup.Escape(line)}[/]");
    }

    private static Grid Narrow(Moment moment, long samplesPerSecond)
    {
        EpochRecord? last = moment.Done.Count > 0 ? moment.Done[^1] : null;
        Grid grid = Columns(2);
        grid.AddRow(new Markup("[grey]epoch[/]"), new Markup($"{moment.Epoch} [grey]of[/] {moment.Epochs}  {moment.Share * 100:0}%"));
        grid.AddRow(new Markup("[grey]train[/]"), Measures(moment.Loss, moment.Accuracy, moment.Steps > 0));
        grid.AddRow(new Markup("[grey]test[/]"), Measures(last?.TestLoss ?? 0, last?.TestAccuracy ?? 0, last is not null));
        grid.AddRow(new Markup("[grey]speed[/]"), new Markup($"{Figures.Count(samplesPerSecond)} samples/s"));
        if (moment.Findings.Count > 0)
            grid.AddRow(new Markup("[grey]doctor[/]"), new Markup($"[yellow]{Markup.Escape(moment.Findings[0].Title)}[/]"));
        return grid;
    }

    private Grid Pictures(Moment moment)
    {
        int half = Math.Clamp((width - 6) / 2, LeastHalf, WidestHalf);
        Grid grid = Columns(2);
        CurvePanel all = Panel(half, isLogarithmic: true).Add(moment.AllLosses, TrainColour).Add(TestCurve(moment, epoch => epoch.TestLoss), TestColour);
        CurvePanel recent = Panel(half, isLogarithmic: true).Add(moment.RecentLosses, TrainColour);
        grid.AddRow(Heading("loss", $"[{TrainColour}]train[/] [{TestColour}]test[/]", all, Figures.Loss), Heading($"loss, last {moment.RecentLosses.Count} steps", "", recent, Figures.Loss));
        grid.AddRow(all.Draw(), recent.Draw());
        CurvePanel accuracy = Panel(half, isLogarithmic: false).Add(Stretched(moment, epoch => epoch.TrainAccuracy, 2 * half), TrainColour).Add(Stretched(moment, epoch => epoch.TestAccuracy, 2 * half), TestColour);
        (IRenderable heading, IRenderable bars) = Gradients(moment.Sample, half);
        grid.AddRow(Heading("accuracy", $"[{TrainColour}]train[/] [{TestColour}]test[/]", accuracy, Figures.Percent), heading);
        grid.AddRow(accuracy.Draw(), bars);
        return grid;
    }

    private (IRenderable Heading, IRenderable Bars) Gradients(StepSample? sample, int half)
    {
        if (sample is null) return (Text.Empty, Text.Empty);
        Grid bars = Columns(3);
        foreach ((string name, string bar, string ratio) in GradientBars.Of(sample, Math.Max(4, half - 36), BarsAtMost, isUnicode))
            bars.AddRow(new Markup(name), new Markup(bar), new Markup(ratio));
        string title = $"gradients at step {Figures.Count(sample.Step)}: norm, update/weight";
        return (new Markup($"[grey]{title[..Math.Min(title.Length, half)]}[/]"), bars);
    }

    private CurvePanel Panel(int half, bool isLogarithmic) => new(half, PictureRows, isUnicode, isLogarithmic);

    private static Markup Heading(string title, string key, CurvePanel panel, Func<double, string> written) =>
        new($"[grey]{title}{(panel.Range is { } range ? $", {written(range.Lowest)} to {written(range.Highest)}" : "")}[/]{(key.Length > 0 ? $"  {key}" : "")}");

    // Straight lines from epoch to epoch, a value for each dot.
    private static double[] Stretched(Moment moment, Func<EpochRecord, double> of, int dots)
    {
        if (moment.Done.Count == 0) return [];
        return [.. Enumerable.Range(0, dots).Select(dot =>
        {
            double place = (double)dot / (dots - 1) * (moment.Done.Count - 1);
            int before = Math.Min((int)place, moment.Done.Count - 1), after = Math.Min(before + 1, moment.Done.Count - 1);
            return of(moment.Done[before]) + (of(moment.Done[after]) - of(moment.Done[before])) * (place - before);
        })];
    }

    // At the ends of the epochs, on the same axis as the steps; between them a straight line.
    private static double[] TestCurve(Moment moment, Func<EpochRecord, double> of)
    {
        var curve = new double[moment.AllLosses.Count];
        for (int i = 0, next = 0; i < curve.Length; i++)
        {
            double step = (i + 0.5) / curve.Length * moment.Steps;
            while (next < moment.Done.Count - 1 && moment.Done[next].Steps < step)
                next++;
            EpochRecord? end = moment.Done.Count > next ? moment.Done[next] : null, begin = next > 0 ? moment.Done[next - 1] : null;
            curve[i] = end is null || (begin is null && moment.Done.Count > 1) || step > end.Steps ? double.NaN
                : begin is null ? of(end) : of(begin) + (of(end) - of(begin)) * (step - begin.Steps) / (end.Steps - begin.Steps);
        }
        return curve;
    }

    private static Grid Columns(int count)
    {
        var grid = new Grid();
        for (int i = 0; i < count; i++)
            grid.AddColumn(new GridColumn().NoWrap());
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
}
