using ChainRule.Formats;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Playground.Lab;

/// <summary>A run that can be taken step by step, forth and back. Back is exact: the nearest kept state, and the same steps again.</summary>
public sealed class Trainer : IDisposable
{
    private const int KeepEvery = 64, MostKept = 40;
    private static int _made;
    private readonly Tensor _inputs, _targets;
    private readonly FasterStep _step;
    private readonly RandomKey _order;
    private readonly string _folder;
    private readonly List<(long Step, LossHash Hash)> _kept = [];
    private readonly List<WeightEdit> _edits = [];
    private (long Epoch, Tensor? Places) _mixed = (-1, null);

    public Trainer(Settings settings, PointSet points, OptimizerKind kind, double rate)
    {
        (Settings, Points, OptimizerKind) = (settings, points, kind);
        LossKind = Network.LossFor(settings, points.Classes);
        Model = Network.Model(settings, Network.Outputs(LossKind, points.Classes));
        Parameters = [.. Model.Parameters()];
        Optimizer = Network.Optimizer(kind, Parameters, rate);
        _inputs = points.Inputs(0, points.Trained);
        _targets = Targets(0, points.Trained);
        _order = new RandomKey(settings.Seed).Child(2);
        _step = new(Optimizer, (x, y) => Network.Loss(LossKind, Model.Apply(x), y));
        _folder = Path.Combine(Path.GetTempPath(), $"playground-{Environment.ProcessId}-{Interlocked.Increment(ref _made)}");
    }

    public Settings Settings { get; }

    public PointSet Points { get; }

    public OptimizerKind OptimizerKind { get; }

    public LossKind LossKind { get; }

    public Sequential Model { get; }

    public IReadOnlyList<Tensor> Parameters { get; }

    public Optimizer Optimizer { get; }

    public IReadOnlyList<WeightEdit> Edits => _edits;

    public long Steps { get; private set; }

    public double LastLoss { get; private set; } = double.NaN;

    public LossHash Hash { get; private set; } = LossHash.Start;

    public int StepsPerEpoch => (Points.Trained + Settings.BatchSize - 1) / Settings.BatchSize;

    public void Step()
    {
        if (Steps % KeepEvery == 0 && (_kept.Count == 0 || _kept[^1].Step < Steps))
            Keep();
        (Tensor x, Tensor y) = Batch();
        LastLoss = _step.Run(x, y);
        Hash = Hash.With(LastLoss);
        Steps++;
    }

    /// <summary>Goes to the state after fewer steps.</summary>
    /// <returns>Whether that state could still be reached.</returns>
    public bool BackTo(long step)
    {
        int place = _kept.FindLastIndex(kept => kept.Step <= step);
        if (step < 0 || place < 0) return false;
        (long start, LossHash hash) = _kept[place];
        Model.Load(ModelFile(start));
        Optimizer.Load(OptimizerFile(start));
        _kept.RemoveRange(place + 1, _kept.Count - place - 1);
        WeightEdit[] edits = [.. _edits.Where(edit => edit.Step <= step)];
        _edits.RemoveAll(edit => edit.Step >= start);
        (Steps, Hash, LastLoss) = (start, hash, double.NaN);
        while (Steps < step)
        {
            Redo(edits);
            Step();
        }
        Redo(edits);
        return true;
    }

    /// <summary>Sets one element of a parameter, as if it had been learned.</summary>
    public void Edit(int parameter, int element, float value)
    {
        if (Steps == 0 && _kept.Count == 0)
            Keep();
        float[] values = Parameters[parameter].ToArray<float>();
        values[element] = value;
        using (new NoGrad())
            Parameters[parameter].CopyFrom(Tensor.From(values, Parameters[parameter].Shape));
        _edits.Add(new(Steps, parameter, element, value));
    }

    /// <summary>The gradients that the coming step will use.</summary>
    public float[][] ComingGradients()
    {
        (Tensor x, Tensor y) = Batch();
        Tensor[] gradients = Differentiate.Gradients(Network.Loss(LossKind, Model.Apply(x), y), [.. Parameters]);
        return Array.ConvertAll(gradients, gradient => gradient.ToArray<float>());
    }

    /// <summary>The points of the coming step and their targets.</summary>
    public (Tensor Inputs, Tensor Targets) Batch()
    {
        if (StepsPerEpoch == 1) return (_inputs, _targets);
        long epoch = Steps / StepsPerEpoch, start = Steps % StepsPerEpoch * Settings.BatchSize;
        if (_mixed.Epoch != epoch)
            _mixed = (epoch, Tensor.Permutation(Points.Trained, _order.Child(epoch)));
        Tensor places = _mixed.Places![(int)start..(int)Math.Min(start + Settings.BatchSize, Points.Trained)];
        return (_inputs.Take(places), _targets.Take(places));
    }

    /// <summary>The loss on the points that are not trained on; NaN if there are none.</summary>
    public double TestLoss()
    {
        if (Points.Trained == Points.All.Count) return double.NaN;
        using (new NoGrad())
            return Network.Loss(LossKind, Model.Apply(Points.Inputs(Points.Trained, Points.All.Count)), Targets(Points.Trained, Points.All.Count)).Item<float>();
    }

    /// <summary>The targets of some of the points.</summary>
    public Tensor Targets(int start, int end) =>
        Network.Targets(LossKind, Points.Classes, Points.All.Skip(start).Take(end - start).Select(point => (long)point.Label).ToArray());

    /// <summary>The parameters as a safetensors file.</summary>
    public byte[] Weights()
    {
        Directory.CreateDirectory(_folder);
        string path = Path.Combine(_folder, "weights.safetensors");
        Model.Save(path);
        return File.ReadAllBytes(path);
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private void Redo(WeightEdit[] edits)
    {
        foreach (WeightEdit edit in edits.Where(edit => edit.Step == Steps))
            Edit(edit.Parameter, edit.Element, edit.Value);
    }

    private void Keep()
    {
        Directory.CreateDirectory(_folder);
        Model.Save(ModelFile(Steps));
        Optimizer.Save(OptimizerFile(Steps));
        _kept.Add((Steps, Hash));
        if (_kept.Count <= MostKept) return;
        // The start stays, so that everything can be reached, if slowly.
        File.Delete(ModelFile(_kept[1].Step));
        File.Delete(OptimizerFile(_kept[1].Step));
        _kept.RemoveAt(1);
    }

    private string ModelFile(long step) => Path.Combine(_folder, $"{step}.model.safetensors");

    private string OptimizerFile(long step) => Path.Combine(_folder, $"{step}.optimizer.safetensors");
}
