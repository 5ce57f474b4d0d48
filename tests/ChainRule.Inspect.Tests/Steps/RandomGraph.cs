namespace ChainRule.Inspect.Tests.Steps;

/// <summary>A function made at random of a few leaves, with values that are used many times over.</summary>
internal static class RandomGraph
{
    public static (Tensor[] Leaves, Func<List<Tensor>> Run) Of(int seed)
    {
        var random = new Random(seed);
        Tensor[] leaves = [.. Enumerable.Range(0, 3).Select(i => Tensor.Normal([2, 2], new RandomKey(seed * 10 + i), dtype: DType.Float64).RequiresGrad())];
        var choices = Enumerable.Range(0, 12).Select(_ => (Kind: random.Next(10), Left: random.Next(1000), Right: random.Next(1000))).ToArray();
        return (leaves, Run);

        List<Tensor> Run()
        {
            List<Tensor> values = [.. leaves];
            foreach ((int kind, int left, int right) in choices)
                values.Add(Apply(kind, values[left % values.Count], values[right % values.Count]));
            Tensor sum = values[3];
            foreach (Tensor value in values.Skip(4).ToArray())
                values.Add(sum += value);
            values.Add(sum.Sum());
            return values;
        }
    }

    private static Tensor Apply(int kind, Tensor a, Tensor b) => kind switch
    {
        0 => a + b,
        1 => a * b,
        2 => a - b,
        3 => a / (b.Square() + 1),
        4 => a.MatMul(b),
        5 => a.Tanh(),
        6 => a.Sigmoid() * b,
        7 => a.Relu() + b.Exp() * 0.1,
        8 => Tensor.Maximum(a, b),
        _ => a.Softmax(-1) * b.T,
    };
}
