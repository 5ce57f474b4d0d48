using ChainRule.Kernels;

namespace ChainRule.Optim;

/// <summary>
/// How the learning rate changes in the course of training: functions from the share of the training that is done, 0 at the first
/// step and 1 after the last, to the share of the optimizer's rate that is used.
/// </summary>
public static class Schedule
{
    /// <summary>1</summary>
    public static double Constant(double done)
    {
        Check(done);
        return 1;
    }

    /// <summary>1 - done</summary>
    public static double Linear(double done)
    {
        Check(done);
        return 1 - done;
    }

    /// <summary>(1 + cos(π·done)) / 2: slow at first, fast in the middle, slow at the end.</summary>
    /// <remarks>Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017.</remarks>
    public static double Cosine(double done)
    {
        Check(done);
        return (1 + Double1.Cos(new(Math.PI * done)).Value) / 2;
    }

    /// <summary>Rises from 0 to 1 over the first <paramref name="share"/> of the training, then goes through another schedule.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    public static Func<double, double> WarmUp(double share, Func<double, double> then)
    {
        ArgumentNullException.ThrowIfNull(then);
        if (share is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "WarmUp: the share of the training must lie between 0 and 1.");
        return done =>
        {
            Check(done);
            return done < share ? done / share : then((done - share) / (1 - share));
        };
    }

    private static void Check(double done)
    {
        if (done is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(done), done, "The share of the training that is done must lie between 0 and 1.");
    }
}
