using ChainRule.Inspect;
using ChainRule.Nn;

namespace ChainRule.Playground.Lab;

/// <summary>The library's gradient doctor at a run's side. It looks at a copy of the network: the run itself is compiled, and stays as it is.</summary>
public sealed class Watcher : IDisposable
{
    private const double Budget = 0.1;
    private readonly Trainer _trainer;
    private readonly Sequential _copy;
    private readonly Tensor[] _weights;
    private readonly GradientDoctor _doctor;
    private (Tensor Loss, Tensor X, Tensor Outputs, Tensor Y)? _seen;
    private bool _wasDue;

    public Watcher(Trainer trainer)
    {
        _trainer = trainer;
        _copy = Network.Model(trainer.Settings, Network.Outputs(trainer.LossKind, trainer.Points.Classes));
        _weights = [.. _copy.Parameters()];
        _doctor = new(_copy, new() { Budget = Budget });
    }

    /// <summary>What was found and still holds, causes before their effects.</summary>
    public IReadOnlyList<Inspect.Finding> Findings => _doctor.Findings;

    /// <summary>Sees the coming step, if it is one to look at.</summary>
    public void Before()
    {
        _seen = null;
        if (_doctor.IsDue)
            Look();
        else if (_wasDue)
            CopyWeights();
        _wasDue = _seen is not null;
    }

    /// <summary>Notes the loss of the step that was made.</summary>
    public void After()
    {
        // The first loss that is no number is always looked at.
        if (_seen is null && !double.IsFinite(_trainer.LastLoss))
            Look();
        if (_seen is { } seen)
            _doctor.Watch(seen.Loss, seen.X, seen.Outputs, seen.Y);
        else
            _doctor.Watch(Tensor.From([(float)_trainer.LastLoss], []));
    }

    public void Dispose() => _doctor.Dispose();

    private void Look()
    {
        CopyWeights();
        (Tensor x, Tensor y) = _trainer.Batch();
        _copy.ZeroGrad();
        Tensor outputs = _copy.Apply(x), loss = Network.Loss(_trainer.LossKind, outputs, y);
        loss.Backward();
        _seen = (loss, x, outputs, y);
    }

    private void CopyWeights()
    {
        using var untracked = new NoGrad();
        for (int i = 0; i < _weights.Length; i++)
            _weights[i].CopyFrom(_trainer.Parameters[i]);
    }
}
