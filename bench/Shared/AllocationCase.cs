using System.Text.Json;
using ChainRule.Nn;

namespace ChainRule.Bench;

/// <summary>Something small that is done often, and what it may allocate each time: exact, unlike times.</summary>
public sealed record AllocationCase(string Name, Action Work)
{
    private const int Calls = 1000, Rounds = 5;

    /// <summary>The file that holds the budgets.</summary>
    public const string BudgetFile = "allocations.json";

    /// <summary>Everything that has a budget.</summary>
    public static IReadOnlyList<AllocationCase> All { get; } = [.. Operations(), .. Recorded(), .. Networks()];

    /// <summary>The budgets by name, in bytes.</summary>
    public static IReadOnlyDictionary<string, int> Budgets { get; } = ReadBudgets();

    /// <summary>Bytes that one call allocates on this thread, on average over a thousand.</summary>
    public double Measure()
    {
        // The first calls also allocate what is made once: caches, and what the compiler leaves on this thread.
        double least = double.PositiveInfinity;
        for (int round = 0; round < Rounds; round++)
            least = Math.Min(least, BytesOfRound());
        return least;
    }

    private double BytesOfRound()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Calls; i++)
            Work();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Calls;
    }

    private static Dictionary<string, int> ReadBudgets()
    {
        using Stream file = typeof(AllocationCase).Assembly.GetManifestResourceStream(BudgetFile)!;
        return JsonSerializer.Deserialize<Dictionary<string, int>>(file)!;
    }

    private static IEnumerable<AllocationCase> Operations()
    {
        Tensor a = Tensor.Normal([4, 4], new RandomKey(1)), b = Tensor.Normal([4, 4], new RandomKey(2));
        Tensor classes = Tensor.From<long>([0, 3, 1, 2], [4]);
        Shape row = [16];
        return
        [
            new("add", () => _ = a + b),
            new("multiply by a number", () => _ = a * 2),
            new("relu", () => a.Relu()),
            new("exp", () => a.Exp()),
            new("sum", () => a.Sum()),
            new("sum over an axis", () => a.Sum(0)),
            new("mean", () => a.Mean()),
            new("matmul", () => a.MatMul(b)),
            new("reshape", () => a.Reshape(row)),
            new("transpose", () => _ = a.T),
            new("slice", () => a.Slice(0, 1, 2)),
            new("softmax", () => a.Softmax()),
            new("cross entropy", () => Loss.CrossEntropy(a, classes)),
        ];
    }

    private static IEnumerable<AllocationCase> Recorded()
    {
        Tensor a = Tensor.Normal([4, 4], new RandomKey(1)), tracked = Tensor.Normal([4, 4], new RandomKey(3)).RequiresGrad();
        Tensor x = 2, w = Tensor.Full([], 3).RequiresGrad(), b = Tensor.Full([], 1).RequiresGrad();
        return
        [
            new("add, recorded", () => _ = a + tracked),
            new("matmul, recorded", () => a.MatMul(tracked)),
            new("(w x + b)^2 forward and backward", () =>
            {
                w.Grad = b.Grad = null;
                (w * x + b).Square().Backward();
            }),
        ];
    }

    private static IEnumerable<AllocationCase> Networks()
    {
        Tensor x = Tensor.Normal([4, 4], new RandomKey(1));
        var linear = new Linear(4, 3, new RandomKey(2));
        return
        [
            new("linear layer", () => linear.Forward(x)),
            new("xor 2-4-1 step (SGD)", SmallNetworks.XorStep()),
            new("classifier 8-16-4 step (Adam)", SmallNetworks.ClassifierStep(batch: 4, [8, 16, 4])),
        ];
    }
}
