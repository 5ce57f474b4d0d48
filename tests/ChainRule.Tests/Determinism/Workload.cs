using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Tests.Determinism;

/// <summary>Work that is large enough for several threads, of odd sizes, whose bits must be the same everywhere.</summary>
internal sealed record Workload(string Name, Func<Tensor[]> Run)
{
    public static Workload[] All { get; } = [.. Elementwise(), .. Reductions(), .. Products(), .. Networks()];

    public static Workload Named(string name) => All.Single(workload => workload.Name == name);

    private static IEnumerable<Workload> Elementwise()
    {
        Tensor a = Sample(311, 331), b = Sample(311, 331), row = Sample(331), large = Sample(100_003);
        Tensor twice = a.To(DType.Float64), positions = (a * 1000).To(DType.Int64), narrow = (b * 1000).To(DType.Int32);
        return
        [
            new("unary", () => [large.Exp(), large.Tanh(), large.Erf(), large.Sin(), twice.Log1p(), twice.Cos()]),
            new("unary, strided", () => [a.T.Sigmoid(), a[.., 1..].Gelu(), twice.T.Exp()]),
            new("binary", () => [a * b, a / b, a.Abs().Pow(b), Tensor.Maximum(a, b), twice - b]),
            new("binary, strided", () => [a + row, a.T - b.T, row.Expand([311, 331]) * b]),
            new("integers", () => [positions + narrow, positions * positions, -narrow]),
            new("comparisons", () => [a > b, a == b, positions <= narrow]),
            new("ternary", () => [Tensor.Where(a > 0, b, row), Tensor.Where(a.T > 0, 1.5, b.T)]),
            new("conversions", () => [a.To(DType.Float64), twice.To(DType.Float32), a.T.To(DType.Int32), a.To(DType.Bool)]),
            new("copies", () => [a.T.Clone(), Sample(29, 53, 31).Permute(2, 0, 1).Clone(), a.Flip(1)]),
            new("random numbers", () => [Sample(50_001), Tensor.Uniform([50_003], new RandomKey(3), 0, 1, DType.Float64)]),
        ];
    }

    private static IEnumerable<Workload> Reductions()
    {
        Tensor line = Sample(150_001), matrix = Sample(701, 307), block = Sample(31, 401, 17), twice = matrix.To(DType.Float64);
        return
        [
            new("sums of everything", () => [line.Sum(), twice.Sum(), line.Mean(), matrix.T.Sum()]),
            new("sums over the last axis", () => [matrix.Sum(-1), twice.Sum(-1), matrix.T.Sum(1)]),
            new("sums over the first axis", () => [matrix.Sum(0), twice.Sum(0)]),
            new("sums over inner and outer axes", () => [block.Sum(1), block.Sum([0, 2])]),
            new("extremes", () => [matrix.Max(0), matrix.Max(1), matrix.Min(), block.Max(1)]),
            new("positions of extremes", () => [matrix.ArgMax(1), matrix.ArgMax(0), matrix.T.ArgMin(1)]),
            new("variances", () => [matrix.Var(0), matrix.Var(1), twice.Std()]),
            new("softmax", () => [matrix.Softmax(), matrix.LogSoftmax(), twice.Softmax(0), matrix.LogSumExp(1)]),
        ];
    }

    private static IEnumerable<Workload> Products()
    {
        // Each just large enough for several threads: without vectors a product takes a hundred times as long.
        Tensor a = Sample(65, 517), b = Sample(517, 67), twice = a.To(DType.Float64), batch = Sample(2, 129, 65), others = Sample(2, 65, 131);
        return
        [
            new("products", () => [a.MatMul(b), twice.MatMul(b.To(DType.Float64))]),
            new("products of transposes", () => [b.T.MatMul(a.T), a.T[..67].MatMul(a), twice.MatMul(twice.T)]),
            new("products of long and flat matrices", () => [Sample(1, 4099).MatMul(Sample(4099, 517)), Sample(1501, 7).MatMul(Sample(7, 131)), Sample(3, 9001).MatMul(Sample(9001, 101))]),
            new("batches of products", () => [batch.MatMul(others), batch.MatMul(Sample(65, 131))]),
        ];
    }

    private static IEnumerable<Workload> Networks()
    {
        Tensor logits = Sample(1501, 37), classes = (Tensor.Uniform([1501], new RandomKey(4)) * 37).To(DType.Int64);
        return
        [
            new("cross entropy and its gradient", () =>
            {
                Tensor x = logits.Clone().RequiresGrad();
                Tensor loss = Loss.CrossEntropy(x, classes);
                loss.Backward();
                return [loss.Detach(), x.Grad!];
            }),
            new("training by Adam", () => Trained(parameters => new Adam(parameters, 1e-2, weightDecay: 1e-3))),
            new("training by momentum", () => Trained(parameters => new Sgd(parameters, 0.05, momentum: 0.9))),
        ];
    }

    private static Tensor[] Trained(Func<IEnumerable<Tensor>, Optimizer> choose)
    {
        var key = new RandomKey(5);
        Tensor x = Sample(29, 129), y = (Tensor.Uniform([29], key.Child(0)) * 11).To(DType.Int64);
        var model = new Sequential(new Linear(129, 301, key.Child(1)), new Gelu(), new Linear(301, 11, key.Child(2)));
        Optimizer optimizer = choose(model.Parameters());
        var losses = new List<Tensor>();
        for (int step = 0; step < 3; step++)
        {
            optimizer.ZeroGrad();
            Tensor loss = Loss.CrossEntropy(model.Forward(x), y);
            loss.Backward();
            optimizer.Step();
            losses.Add(loss.Detach());
        }
        return [.. losses, .. model.Parameters()];
    }

    private static Tensor Sample(params ReadOnlySpan<long> sizes) => Tensor.Normal(Shape.Create(sizes), new RandomKey(sizes[0]));
}
