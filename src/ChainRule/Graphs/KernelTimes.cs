using System.Diagnostics;

namespace ChainRule;

/// <summary>Measures what each kernel of a plan takes, on made-up arguments, once the runtime has compiled its code for good.</summary>
/// <remarks>
/// Code is first compiled in haste, and anew when it has been called often and some time has passed. So the plan is run again and again
/// until its time has stopped falling, for at least as long as that takes and at most some hundred milliseconds more.
/// </remarks>
internal sealed class KernelTimes
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(250), Most = TimeSpan.FromMilliseconds(700);

    // So many passes without a gain of a fiftieth, and the time has settled.
    private const int QuietPasses = 10, GainParts = 50;

    private readonly double[] _best;

    private KernelTimes(int kernels)
    {
        _best = new double[kernels];
        Array.Fill(_best, double.PositiveInfinity);
    }

    /// <summary>The best time of each kernel in microseconds; infinite for one that was not run: a check of values, a function of the user's own.</summary>
    public IReadOnlyList<double> Microseconds => _best;

    /// <summary>How often the plan was run.</summary>
    public int Passes { get; private set; }

    /// <summary>Measures a plan that nobody else uses meanwhile. Nothing outside changes.</summary>
    public static KernelTimes Of(Plan plan)
    {
        var times = new KernelTimes(plan.Kernels.Length);
        plan.Rehearse(times.Measure);
        return times;
    }

    private void Measure(PlannedKernel[] kernels)
    {
        var watch = Stopwatch.StartNew();
        double known = double.PositiveInfinity;
        for (int quiet = 0; watch.Elapsed < Least || (quiet < QuietPasses && watch.Elapsed < Most); Passes++)
        {
            double sum = Pass(kernels);
            quiet = sum < known - known / GainParts ? 0 : quiet + 1;
            known = Math.Min(known, sum);
        }
    }

    private double Pass(PlannedKernel[] kernels)
    {
        double sum = 0;
        for (int i = 0; i < kernels.Length; i++)
        {
            if (!kernels[i].MayRunAlone) continue;
            long start = Stopwatch.GetTimestamp();
            kernels[i].Run();
            // Finer than a TimeSpan.
            double taken = (Stopwatch.GetTimestamp() - start) * (1e6 / Stopwatch.Frequency);
            _best[i] = Math.Min(_best[i], taken);
            sum += taken;
        }
        return sum;
    }
}
