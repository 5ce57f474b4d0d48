namespace ChainRule.Bench;

/// <summary>Elementwise operations and a sum over 16 million floats: mostly the speed of memory.</summary>
public static class ElementwiseBenchmarks
{
    private const int Count = 1 << 24;
    private const string Chain = "chain 16M: sigmoid(a*b+a)*tanh(b)";

    // What is read and written at least: each operand once, the result once.
    private static readonly (string Name, int Read, int Written, Func<Tensor, Tensor, Tensor> Work)[] Cases =
    [
        ("add 16M", 2, 1, (a, b) => a + b),
        ("exp 16M", 1, 1, (a, _) => a.Exp()),
        ("gelu 16M", 1, 1, (a, _) => a.Gelu()),
        ("sum 16M", 1, 0, (a, _) => a.Sum()),
        ($"{Chain} | eager", 2, 1, (a, b) => (a * b + a).Sigmoid() * b.Tanh()),
    ];

    /// <summary>Times the operations whose names are wanted.</summary>
    public static void Run(BenchmarkClock clock, Floors floors)
    {
        if (!Cases.Any(one => clock.Wants(one.Name)) && !clock.Wants($"{Chain} | compiled"))
            return;
        Tensor a = Tensor.Normal([Count], new RandomKey(1)), b = Tensor.Normal([Count], new RandomKey(2));
        foreach ((string name, int read, int written, Func<Tensor, Tensor, Tensor> work) in Cases)
            clock.Time(name, () => work(a, b), () => Floor(floors, read, written));
        CompiledFunction chain = Compile.Of((a, b) => (a * b + a).Sigmoid() * b.Tanh());
        Tensor result = Tensor.Zeros([Count]);
        clock.Time($"{Chain} | compiled", () => chain.RunInto([a, b], result), () => Floor(floors, 2, 1));
    }

    private static double Floor(Floors floors, int read, int written) => floors.OfBytes((long)read * Count * sizeof(float), (long)written * Count * sizeof(float));
}
