using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Samples.Portable;

/// <summary>The playground's networks, trained for a moment: the losses, each of which tells of all weights before it.</summary>
public static class Trainings
{
    private const int Steps = 50;

    /// <summary>All trainings.</summary>
    public static IReadOnlyList<BitProgram> All { get; } =
    [
        new("xor", () => Losses(Xor(isCompiled: false))),
        new("xor, compiled", () => Losses(Xor(isCompiled: true))),
        new("xor, checked", XorSlopes),
        new("spirals", () => [Spirals().X, Spirals().Y]),
        new("spiral", () => Losses(Spiral(isCompiled: false))),
        new("spiral, compiled", () => Losses(Spiral(isCompiled: true))),
    ];

    /// <summary>Full-batch steps of the network 2-4-1 on XOR, by gradient descent; each gives its loss.</summary>
    public static Func<double> Xor(bool isCompiled)
    {
        Tensor x = new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }, y = new float[,] { { 0 }, { 1 }, { 1 }, { 0 } };
        var key = new RandomKey(1);
        var model = new Sequential(new Linear(2, 4, key.Child(0)), new Tanh(), new Linear(4, 1, key.Child(1)));
        return Stepping(new Sgd(model.Parameters(), 0.5), (x, y) => Loss.BinaryCrossEntropyWithLogits(model.Forward(x), y), x, y, isCompiled);
    }

    /// <summary>Full-batch steps of the network 2-8-8-3 on three spirals of 50 points, by Adam; each gives its loss.</summary>
    public static Func<double> Spiral(bool isCompiled)
    {
        (Tensor x, Tensor y) = Spirals();
        var key = new RandomKey(1);
        var model = new Sequential(new Linear(2, 8, key.Child(0)), new Relu(), new Linear(8, 8, key.Child(1)), new Relu(), new Linear(8, 3, key.Child(2)));
        return Stepping(new Adam(model.Parameters(), 0.01), (x, y) => Loss.CrossEntropy(model.Forward(x), y), x, y, isCompiled);
    }

    // What a gradient check does, in doubles: by reverse mode, by dual numbers, and by differences, often enough to be optimised.
    private static List<Tensor> XorSlopes()
    {
        Tensor x = Tensor.From(new double[] { 0, 0, 0, 1, 1, 0, 1, 1 }, [4, 2]), y = Tensor.From(new double[] { 0, 1, 1, 0 }, [4, 1]);
        Tensor first = Tensor.Normal([4, 2], new RandomKey(5), dtype: DType.Float64), last = Tensor.Normal([1, 4], new RandomKey(6), dtype: DType.Float64);
        Tensor LossOf(Tensor[] weights) => Loss.BinaryCrossEntropyWithLogits(x.MatMul(weights[0].T).Tanh().MatMul(weights[1].T), y);
        var results = new List<Tensor>(Differentiate.Grad(LossOf)([first, last]));
        foreach (Tensor direction in (Tensor[])[Tensor.Ones([4, 2], DType.Float64), first])
        {
            results.Add(Differentiate.Jvp(LossOf, [first, last], [direction, last]).Tangent);
            results.Add(LossOf([first + direction * 0.001, last]) - LossOf([first - direction * 0.001, last]));
        }
        return results;
    }

    private static (Tensor X, Tensor Y) Spirals()
    {
        Tensor turn = Tensor.Linspace(0, 1, 50).Expand([3, 50]);
        Tensor angle = turn * 4 + Tensor.Arange(0, 3).Reshape(3, 1) * 2.0943952f + Tensor.Normal([3, 50], new RandomKey(2)) * 0.1;
        Tensor x = Tensor.Stack([turn * angle.Cos(), turn * angle.Sin()], -1).Reshape(150, 2);
        Tensor y = Tensor.Arange(0, 3).Reshape(3, 1).Expand([3, 50]).Reshape(150).To(DType.Int64);
        return (x, y);
    }

    private static Tensor[] Losses(Func<double> step)
    {
        var losses = new double[Steps];
        for (int i = 0; i < Steps; i++)
            losses[i] = step();
        return [Tensor.From(losses)];
    }

    private static Func<double> Stepping(Optimizer optimizer, Func<Tensor, Tensor, Tensor> loss, Tensor x, Tensor y, bool isCompiled)
    {
        if (!isCompiled)
            return () => Step(optimizer, () => loss(x, y));
        CompiledStep step = Compile.Step(optimizer, loss);
        return () => step.Run(x, y);
    }

    private static double Step(Optimizer optimizer, Func<Tensor> compute)
    {
        optimizer.ZeroGrad();
        Tensor loss = compute();
        loss.Backward();
        optimizer.Step();
        return loss.Item<float>();
    }
}
