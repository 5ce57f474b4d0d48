using ChainRule.Inspect;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Bench;

/// <summary>Training steps of small networks, for those who time them and those who count their bytes.</summary>
public static class SmallNetworks
{
    /// <summary>One step of the XOR network 2-4-1: forward, backward, update by gradient descent.</summary>
    public static Action XorStep(bool isCompiled = false)
    {
        Tensor x = new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }, y = new float[,] { { 0 }, { 1 }, { 1 }, { 0 } };
        var key = new RandomKey(1);
        var model = new Sequential(new Linear(2, 4, key.Child(0)), new Relu(), new Linear(4, 1, key.Child(1)), new Sigmoid());
        var optimizer = new Sgd(model.Parameters(), 0.5);
        return Stepping(optimizer, (x, y) => Loss.BinaryCrossEntropy(model.Forward(x), y), x, y, isCompiled);
    }

    /// <summary>One step of a classifier with these layer sizes: forward, backward, update by Adam.</summary>
    public static Action ClassifierStep(int batch, int[] sizes, bool isCompiled = false)
    {
        var key = new RandomKey(1);
        Tensor x = Tensor.Normal([batch, sizes[0]], key), y = (Tensor.Uniform([batch], key.Child(1)) * sizes[^1]).To(DType.Int64);
        Sequential model = Classifier(sizes, key);
        var optimizer = new Adam(model.Parameters());
        return Stepping(optimizer, (x, y) => Loss.CrossEntropy(model.Forward(x), y), x, y, isCompiled);
    }

    /// <summary>The memory that a classifier's step will take.</summary>
    public static MemoryPlan ClassifierPlan(int batch, int[] sizes)
    {
        Tensor x = Tensor.Zeros([batch, sizes[0]]), y = Tensor.Zeros([batch], DType.Int64);
        Sequential model = Classifier(sizes, new RandomKey(1));
        return MemoryPlan.OfStep(model, new Adam(model.Parameters()), batch => Loss.CrossEntropy(model.Forward(batch[0]), batch[1]), x, y);
    }

    /// <summary>A classifier's scores, compiled.</summary>
    public static Action ClassifierInference(int batch, int[] sizes)
    {
        var key = new RandomKey(1);
        Tensor x = Tensor.Normal([batch, sizes[0]], key);
        CompiledFunction compiled = Compile.Of(Classifier(sizes, key).Forward);
        return () => compiled.Run(x);
    }

    private static Sequential Classifier(int[] sizes, RandomKey key)
    {
        var model = new Sequential();
        for (int i = 1; i < sizes.Length; i++)
        {
            if (i > 1)
                model.Add(new Relu());
            model.Add(new Linear(sizes[i - 1], sizes[i], key.Child(1 + i)));
        }
        return model;
    }

    private static Action Stepping(Optimizer optimizer, Func<Tensor, Tensor, Tensor> loss, Tensor x, Tensor y, bool isCompiled)
    {
        if (!isCompiled) return () => Step(optimizer, () => loss(x, y));
        CompiledStep step = Compile.Step(optimizer, loss);
        return () => step.Run(x, y);
    }

    private static void Step(Optimizer optimizer, Func<Tensor> loss)
    {
        optimizer.ZeroGrad();
        loss().Backward();
        optimizer.Step();
    }
}
