using ChainRule.Inspect;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Doctor.Tests;

/// <summary>Trains on small batches, as people do, with a doctor.</summary>
internal sealed class Batches(Tensor inputs, Tensor targets, int size, int seed)
{
    // Waking a second thread takes longer than these networks do.
    static Batches() => Engine.Threads = 1;

    public IReadOnlyList<Finding> Train(Module model, Func<Tensor, Tensor, Tensor> loss, Func<IEnumerable<Tensor>, Optimizer> optimizer, int steps)
    {
        var told = new List<Finding>();
        using var doctor = new GradientDoctor(model, new GradientDoctorOptions { Budget = 1, OnFinding = told.Add });
        Optimizer made = optimizer(model.Parameters());
        int[] order = [.. Enumerable.Range(0, (int)inputs.Shape[0])];
        var draw = new Random(seed);
        for (int step = 0; step < steps; step++)
        {
            int at = step * size % (order.Length / size * size);
            if (at == 0)
                draw.Shuffle(order);
            Tensor rows = Tensor.From<long>([.. order.Skip(at).Take(size).Select(row => (long)row)]);
            Tensor x = inputs.Take(rows), y = targets.Take(rows), outputs = model.Apply(x), value = loss(outputs, y);
            made.ZeroGrad();
            value.Backward();
            doctor.Watch(value, x, outputs, y);
            made.Step();
        }
        return told;
    }
}
