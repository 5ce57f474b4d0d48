using ChainRule.Cli.Output;
using ChainRule.Cli.Runs;

namespace ChainRule.Cli.Display;

/// <summary>A line for each epoch, but none in the same second as another; in a long epoch one every ten seconds.</summary>
internal static class PlainProgress
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _leastPause = TimeSpan.FromSeconds(1), _longestSilence = TimeSpan.FromSeconds(10);

    public static void Watch(Progress progress, Task run)
    {
        IAsyncResult end = run;
        var lastLine = TimeSpan.FromDays(-1);
        int shown = 0, warned = 0;
        while (!end.AsyncWaitHandle.WaitOne(_look))
        {
            Moment moment = progress.Now();
            warned = Warn(moment, warned);
            var now = TimeSpan.FromSeconds(moment.Seconds);
            if (moment.Done.Count > shown && (shown == 0 || now - lastLine >= _leastPause))
                (shown, lastLine) = (moment.Done.Count, Write(moment.Done[^1], moment, now));
            else if (now - lastLine >= _longestSilence && now >= _longestSilence)
                lastLine = WriteWithin(moment, now);
        }
        Moment last = progress.Now();
        Warn(last, warned);
        if (last.Done.Count > shown)
            Write(last.Done[^1], last, TimeSpan.Zero);
        Console.Out.WriteLine();
    }

    private static int Warn(Moment moment, int warned)
    {
        foreach (string warning in moment.Warnings.Skip(warned))
            Console.Out.WriteLine($"doctor: {Terminal.OneLine(warning)}");
        return moment.Warnings.Count;
    }

    private static TimeSpan Write(EpochRecord epoch, Moment moment, TimeSpan now)
    {
        Console.Out.WriteLine($"epoch {epoch.Epoch}/{moment.Epochs}  train loss {Figures.Loss(epoch.TrainLoss)} accuracy {Figures.Percent(epoch.TrainAccuracy)}  test loss {Figures.Loss(epoch.TestLoss)} accuracy {Figures.Percent(epoch.TestAccuracy)}  {Figures.Seconds(epoch.Seconds)}  {Speed(moment)}");
        return now;
    }

    private static TimeSpan WriteWithin(Moment moment, TimeSpan now)
    {
        Console.Out.WriteLine($"epoch {moment.Epoch}/{moment.Epochs}  step {moment.Steps}/{moment.TotalSteps}  train loss {Figures.Loss(moment.Loss)} accuracy {Figures.Percent(moment.Accuracy)}  {Figures.Seconds(moment.Seconds)}  {Speed(moment)}");
        return now;
    }

    private static string Speed(Moment moment) => $"{Figures.Count(moment.Seconds > 0 ? (long)(moment.Samples / moment.Seconds) : 0)} samples/s";
}
