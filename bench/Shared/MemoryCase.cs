using ChainRule.Inspect;
using ChainRule.Memory;

namespace ChainRule.Bench;

/// <summary>A network whose memory is forecast and measured.</summary>
/// <param name="Name">The network and its batch.</param>
/// <param name="Plan">The forecast.</param>
/// <param name="Eager">Makes the network; the action does a step.</param>
/// <param name="Compiled">The same, compiled.</param>
public sealed record MemoryCase(string Name, Func<MemoryPlan> Plan, Func<Action> Eager, Func<Action> Compiled)
{
    // The code of a step is compiled, its states exist, and its first replays have been checked.
    private const int WarmSteps = 4;

    private static readonly int[] Perceptron = [784, 256, 128, 10];

    /// <summary>All of them, each at two sizes of a batch.</summary>
    public static IReadOnlyList<MemoryCase> All { get; } =
    [
        .. new[] { 32, 1024 }.Select(batch => new MemoryCase($"mlp 784-256-128-10 batch {batch}", () => SmallNetworks.ClassifierPlan(batch, Perceptron), () => SmallNetworks.ClassifierStep(batch, Perceptron), () => SmallNetworks.ClassifierStep(batch, Perceptron, isCompiled: true))),
        .. new[] { 16, 64 }.Select(batch => new MemoryCase($"cnn 32-64 28x28 batch {batch}", () => new ImageNetwork(batch).Plan(), () => new ImageNetwork(batch).Step, () => new ImageNetwork(batch).CompiledStep())),
        .. new[] { 4, 16 }.Select(batch => new MemoryCase($"gpt L4 C128 H4 T64 batch {batch}", () => new LanguageModel(batch).Plan(), () => new LanguageModel(batch).Step, () => new LanguageModel(batch).CompiledStep())),
        .. new[] { 16, 64 }.Select(batch => new MemoryCase($"lstm 64-128 T32 batch {batch}", () => new SequenceNetwork(batch, 32, 64, 128).Plan(), () => new SequenceNetwork(batch, 32, 64, 128).Step, () => new SequenceNetwork(batch, 32, 64, 128).CompiledStep())),
    ];

    /// <summary>The most bytes that could be reached during an eager step, after any of its operations.</summary>
    public long MeasureEager()
    {
        long before = BlockPool.Shared.ReachableBytes(), peak = 0;
        Action step = Eager();
        for (int i = 0; i < WarmSteps; i++)
            step();
        Interpreter.Witness = (_, _, _) => peak = Math.Max(peak, BlockPool.Shared.ReachableBytes());
        try
        {
            step();
        }
        finally
        {
            Interpreter.Witness = null;
        }
        return peak - before;
    }

    /// <summary>The bytes that a compiled step holds; while it runs it takes no more.</summary>
    public long MeasureCompiled()
    {
        long before = BlockPool.Shared.ReachableBytes();
        Action step = Compiled();
        for (int i = 0; i < WarmSteps; i++)
            step();
        long after = BlockPool.Shared.ReachableBytes();
        GC.KeepAlive(step);
        return after - before;
    }
}
