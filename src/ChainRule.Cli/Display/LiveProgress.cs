using System.Diagnostics;
using ChainRule.Cli.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ChainRule.Cli.Display;

/// <summary>A run redrawn in place, ten times a second at most, by a clock of its own: training never waits for it.</summary>
internal sealed class LiveProgress
{
    // Nine in a second, as the last one comes when the run ends.
    private const int RefreshMilliseconds = 110;
    private const double SpeedWindow = 2;

    private readonly Queue<(double Seconds, long Samples)> _recent = [];
    private double _secondsDrawing;

    public static void Watch(Progress progress, Task run)
    {
        var view = new LiveProgress();
        IAsyncResult end = run;
        AnsiConsole.Live(view.Draw(progress)).AutoClear(false).Start(context =>
        {
            bool hasEnded;
            do
            {
                hasEnded = end.AsyncWaitHandle.WaitOne(RefreshMilliseconds);
                context.UpdateTarget(view.Draw(progress));
            }
            while (!hasEnded);
        });
        AnsiConsole.WriteLine();
    }

    private IRenderable Draw(Progress progress)
    {
        long start = Stopwatch.GetTimestamp();
        Moment moment = progress.Now();
        IRenderable picture = new Dashboard(Terminal.Width, Terminal.Height, Terminal.IsUnicode).Draw(moment, Speed(moment), _secondsDrawing);
        _secondsDrawing += Stopwatch.GetElapsedTime(start).TotalSeconds;
        return picture;
    }

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
