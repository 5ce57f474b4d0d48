using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Bench;

/// <summary>Training steps of small networks.</summary>
public static class NetworkBenchmarks
{
    /// <summary>Times the steps whose names are wanted.</summary>
    public static void Run(BenchmarkClock clock)
    {
        clock.Time("xor 2-4-1 step (SGD) | eager", XorStep());
        foreach (int batch in new[] { 32, 128, 1024 })
            clock.Time($"mlp 784-256-128-10 batch {batch} step (Adam) | eager", ClassifierStep(batch));
    }

    /// <summary>One step of the XOR network: forward, backward, update.</summary>
    public static Action XorStep()
    {
        Tensor x = new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }, y = new float[,] { { 0 }, { 1 }, { 1 }, { 0 } };
        var key = new RandomKey(1);
        var model = new Sequential(new Linear(2, 4, key.Child(0)), new Relu(), new Linear(4, 1, key.Child(1)), new Sigmoid());
        var optimizer = new Sgd(model.Parameters(), 0.5);
        return () => Step(optimizer, () => Loss.BinaryCrossEntropy(model.Forward(x), y));
    }

    private static Action ClassifierStep(int batch)
    {
        var key = new RandomKey(1);
        Tensor x = Tensor.Normal([batch, 784], key), y = (Tensor.Uniform([batch], key.Child(1)) * 10).To(DType.Int64);
        var model = new Sequential(
            new Linear(784, 256, key.Child(2)), new Relu(), new Linear(256, 128, key.Child(3)), new Relu(), new Linear(128, 10, key.Child(4)));
        var optimizer = new Adam(model.Parameters());
        return () => Step(optimizer, () => Loss.CrossEntropy(model.Forward(x), y));
    }

    private static void Step(Optimizer optimizer, Func<Tensor> loss)
    {
        optimizer.ZeroGrad();
        loss().Backward();
        optimizer.Step();
    }
}
