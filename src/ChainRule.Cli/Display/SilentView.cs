using ChainRule.Cli.Runs;
using ChainRule.Nn;

namespace ChainRule.Cli.Display;

/// <summary>Shows nothing.</summary>
internal sealed class SilentView : ITrainView
{
    public void Begin(LearningTask task, ModuleSummary summary, RunPlan plan)
    {
    }

    public void Watch(Progress progress, Task run) => ((IAsyncResult)run).AsyncWaitHandle.WaitOne();

    public void End(RunRecord run, string folder, IReadOnlyList<string> files)
    {
    }
}
