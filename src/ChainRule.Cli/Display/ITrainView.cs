using ChainRule.Cli.Runs;
using ChainRule.Nn;

namespace ChainRule.Cli.Display;

/// <summary>What is seen of a run while it goes on.</summary>
internal interface ITrainView
{
    /// <summary>Shows what will be trained.</summary>
    void Begin(LearningTask task, ModuleSummary summary, RunPlan plan);

    /// <summary>Shows the run until it is done.</summary>
    void Watch(Progress progress, Task run);

    /// <summary>Shows what came of it.</summary>
    void End(RunRecord run, string folder, IReadOnlyList<string> files);
}
