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
    private readonly Stack<int> _undone = new();
    private readonly List<(long Seen, long Ahead)> _partings = [];
    private GradientDoctor _doctor;
    private (Tensor Loss, Tensor X, Tensor Outputs, Tensor Y)? _seen;
    private bool _wasDue, _isKnown, _isBroken;

    public Watcher(Trainer trainer)
    {
        _trainer = trainer;
        _copy = Network.Model(trainer.Settings, Network.Outputs(trainer.LossKind, trainer.Points.Classes));
        _weights = [.. _copy.Parameters()];
        _doctor = NewDoctor();
    }

    /// <summary>What was found up to the run's place and still holds, causes before their effects.</summary>
    public IReadOnlyList<Inspect.Finding> Findings =>
        [.. _doctor.Findings.Select(finding => finding with { SinceStep = InRun(finding.SinceStep) }).Where(finding => finding.SinceStep < _trainer.Steps)];

    /// <summary>Sees the coming step, if it is one to look at.</summary>
    public void Before()
    {
        _seen = null;
        bool isAgain = _undone.TryPop(out int edits);
        _isKnown = isAgain && edits == _trainer.Edits.Count;
        if (_isKnown) return;
        if (isAgain)
            Part();
        if (_doctor.IsDue)
            Look();
        else if (_wasDue)
            CopyWeights();
        _wasDue = _seen is not null;
    }

    /// <summary>Notes the loss of the step that was made.</summary>
    public void After()
    {
        if (_isKnown) return;
        _isBroken |= !double.IsFinite(_trainer.LastLoss);
        // The first loss that is no number is always looked at.
        if (_seen is null && !double.IsFinite(_trainer.LastLoss))
            Look();
        if (_seen is { } seen)
            _doctor.Watch(seen.Loss, seen.X, seen.Outputs, seen.Y);
        else
            _doctor.Watch(Tensor.From([(float)_trainer.LastLoss], []));
    }

    /// <summary>Notes that the run went back by a step. What was seen stays seen: the same step again has the same bits.</summary>
    public void Back() => _undone.Push(_trainer.Edits.Count);

    public void Dispose() => _doctor.Dispose();

    private GradientDoctor NewDoctor() => new(_copy, new() { Budget = Budget });

    // A number was set by hand on the way back, or is no longer set: from here on the steps are others.
    private void Part()
    {
        _undone.Clear();
        if (_isBroken)
        {
            // A doctor that has seen a loss that is no number looks no further.
            _doctor.Dispose();
            _doctor = NewDoctor();
            _partings.Clear();
            (_isBroken, _wasDue) = (false, false);
        }
        _partings.Add((_doctor.Steps, _doctor.Steps - _trainer.Steps));
    }

    // The doctor counts all steps that it saw, also those that were taken back.
    private long InRun(long seen)
    {
        long step = seen;
        foreach ((long parted, long ahead) in _partings)
            step = seen >= parted ? seen - ahead : Math.Min(step, parted - ahead);
        return step;
    }

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
