using ChainRule.Inspect;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Bench;

/// <summary>An LSTM over random sequences, whose outputs are pulled towards zero.</summary>
public sealed class SequenceNetwork
{
    private readonly Tensor _x;
    private readonly Lstm _model;
    private readonly Adam _optimizer;

    /// <summary>Makes the network and a batch for it.</summary>
    public SequenceNetwork(int batch, int time, int inputs, int hidden)
    {
        var key = new RandomKey(1);
        _model = new Lstm(inputs, hidden, batchFirst: true, key: key.Child(0));
        _x = Tensor.Normal([batch, time, inputs], key.Child(1));
        _optimizer = new Adam(_model.Parameters());
    }

    /// <summary>One step of training: forward, backward, update.</summary>
    public void Step()
    {
        _optimizer.ZeroGrad();
        Loss(_x).Backward();
        _optimizer.Step();
    }

    /// <summary>The same step, compiled.</summary>
    public Action CompiledStep()
    {
        CompiledStep step = Compile.Step(_optimizer, Loss);
        return () => step.Run(_x);
    }

    /// <summary>The memory that a step will take.</summary>
    public MemoryPlan Plan() => MemoryPlan.OfStep(_model, _optimizer, batch => Loss(batch[0]), _x);

    private Tensor Loss(Tensor x) => _model.Forward(x).Square().Mean();
}
