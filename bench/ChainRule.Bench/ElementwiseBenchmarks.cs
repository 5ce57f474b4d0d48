namespace ChainRule.Bench;

/// <summary>Elementwise operations and a sum over 16 million floats: mostly the speed of memory.</summary>
public static class ElementwiseBenchmarks
{
    private const int Count = 1 << 24;

    private static readonly (string Name, Func<Tensor, Tensor, Tensor> Work)[] Cases =
    [
        ("add 16M", (a, b) => a + b),
        ("exp 16M", (a, _) => a.Exp()),
        ("gelu 16M", (a, _) => a.Gelu()),
        ("sum 16M", (a, _) => a.Sum()),
        ("chain 16M: sigmoid(a*b+a)*tanh(b) | eager", (a, b) => (a * b + a).Sigmoid() * b.Tanh()),
    ];

    /// <summary>Times the operations whose names are wanted.</summary>
    public static void Run(BenchmarkClock clock)
    {
        if (!Cases.Any(one => clock.Wants(one.Name)) && !clock.Wants("chain 16M: sigmoid(a*b+a)*tanh(b) | compiled"))
            return;
        Tensor a = Tensor.Normal([Count], new RandomKey(1)), b = Tensor.Normal([Count], new RandomKey(2));
        foreach ((string name, Func<Tensor, Tensor, Tensor> work) in Cases)
            clock.Time(name, () => work(a, b));
        CompiledFunction chain = Compile.Of((a, b) => (a * b + a).Sigmoid() * b.Tanh());
        Tensor result = Tensor.Zeros([Count]);
        clock.Time("chain 16M: sigmoid(a*b+a)*tanh(b) | compiled", () => chain.RunInto([a, b], result));
    }
}
