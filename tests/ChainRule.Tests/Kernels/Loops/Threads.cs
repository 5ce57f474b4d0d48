using ChainRule.Kernels;
using Xunit.v3;

namespace ChainRule.Tests.Kernels.Loops;

/// <summary>Sets the number of threads of the engine's team until it is disposed of.</summary>
internal sealed class Threads : IDisposable
{
    private readonly int _before = WorkerTeam.Shared.Threads;

    public Threads(int threads)
    {
        // A test beside it would change the number back, or find its own changed.
        bool isAlone = TestContext.Current.TestCollection is IXunitTestCollection { DisableParallelization: true };
        Assert.True(isAlone, $"A test that sets the number of threads needs [Collection<{nameof(Alone)}>] on its class.");
        WorkerTeam.Shared.Threads = threads;
    }

    public void Dispose() => WorkerTeam.Shared.Threads = _before;
}
