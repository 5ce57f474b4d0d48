namespace ChainRule.Bench;

/// <summary>What one operation costs beside its arithmetic: a graph of single numbers.</summary>
public static class ScalarBenchmarks
{
    /// <summary>Times L = (w*x+b)^2, forward and backward.</summary>
    public static void Run(BenchmarkClock clock)
    {
        Tensor x = ((Tensor)3f).RequiresGrad(), w = ((Tensor)2f).RequiresGrad(), b = ((Tensor)1f).RequiresGrad();
        clock.Time("scalar (w*x+b)^2 forward+backward | eager", () =>
        {
            (w * x + b).Square().Backward();
            w.Grad = x.Grad = b.Grad = null;
        });

        CompiledFunction compiled = Compile.Of(Differentiate.ValueAndGrad((Tensor[] v) => (v[0] * v[1] + v[2]).Square()));
        Tensor[] point = [2f, 3f, 1f], results = [0f, 0f, 0f, 0f];
        clock.Time("scalar (w*x+b)^2 forward+backward | compiled", () => compiled.RunInto(point, results));
    }
}
