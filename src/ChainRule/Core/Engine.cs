using ChainRule.Kernels;

namespace ChainRule;

/// <summary>What all computations of the process share.</summary>
public static class Engine
{
    /// <summary>Threads that compute, the caller's among them: 1 to 256, at first the number of processors. Results do not depend on it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1 or more than 256.</exception>
    public static int Threads
    {
        get => WorkerTeam.Shared.Threads;
        set => WorkerTeam.Shared.Threads = value;
    }
}
