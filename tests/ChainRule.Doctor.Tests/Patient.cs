using ChainRule.Inspect;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Doctor.Tests;

/// <summary>A small network with a problem that it can learn; a fault is a change of one of its parts.</summary>
internal sealed record Patient
{
    // Waking a second thread takes longer than these networks do.
    static Patient() => Engine.Threads = 1;

    public required string Name { get; init; }
    public required Module Model { get; init; }
    public required Tensor Inputs { get; init; }

    /// <summary>The targets of a step; the same at each unless a fault changes them.</summary>
    public required Func<int, Tensor> Targets { get; init; }

    public required Func<Tensor, Tensor, Tensor> Loss { get; init; }
    public Func<IEnumerable<Tensor>, Optimizer> Optimizer { get; init; } = parameters => new Adam(parameters, 0.01);

    /// <summary>Trains with a doctor and returns the share of the loss that is left, and all that the doctor told.</summary>
    public (double Left, IReadOnlyList<Finding> Told, IReadOnlyList<Finding> Findings) Train(int steps, long? expectedSteps = null)
    {
        var told = new List<Finding>();
        using var doctor = new GradientDoctor(Model, new GradientDoctorOptions { Budget = 1, ExpectedSteps = expectedSteps, OnFinding = told.Add });
        Optimizer optimizer = Optimizer(Model.Parameters());
        optimizer.AllowMissingGradients = true;
        double first = double.NaN, last = double.NaN;
        for (int step = 0; step < steps; step++)
        {
            Tensor targets = Targets(step), outputs = Model.Apply(Inputs), loss = Loss(outputs, targets);
            optimizer.ZeroGrad();
            loss.Backward();
            doctor.Watch(loss, Inputs, outputs, targets);
            optimizer.Step();
            last = loss.Item<double>();
            first = step == 0 ? last : first;
            if (!double.IsFinite(last)) break;
        }
        return (last / first, told, doctor.Findings);
    }

    /// <summary>The same with all weights (two axes or more) drawn so many times as large.</summary>
    public Patient WithWeights(double factor)
    {
        Change(parameter => parameter.Rank >= 2, value => value * factor);
        return this;
    }

    /// <summary>The same with the values of one parameter changed.</summary>
    public Patient With(string parameter, Func<Tensor, Tensor> change)
    {
        Tensor value = Model.NamedParameters().Single(named => named.Name == parameter).Value;
        Change(other => ReferenceEquals(other, value), change);
        return this;
    }

    private void Change(Func<Tensor, bool> isChosen, Func<Tensor, Tensor> change)
    {
        using var quiet = new NoGrad();
        foreach (Tensor value in Model.Parameters().Where(isChosen))
            value.CopyFrom(change(value.Clone()));
    }
}
