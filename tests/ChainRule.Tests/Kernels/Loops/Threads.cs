using ChainRule.Kernels;

namespace ChainRule.Tests.Kernels.Loops;

/// <summary>Sets the number of threads of the engine's team until it is disposed of.</summary>
internal sealed class Threads : IDisposable
{
    private readonly int _before = WorkerTeam.Shared.Threads;

    public Threads(int threads) => WorkerTeam.Shared.Threads = threads;

    public void Dispose() => WorkerTeam.Shared.Threads = _before;
}
