using System.Runtime.CompilerServices;
using ChainRule.Autograd;

namespace ChainRule.Optim;

/// <summary>A training step that was recorded once for each set of shapes and types and is replayed from then on; made by <see cref="Compile"/>.</summary>
/// <remarks>
/// Loss, gradients and parameters have the bits of <c>ZeroGrad(); loss.Backward(); Step();</c>. The gradients of the optimizer's
/// parameters can be looked at in <see cref="Tensor.Grad"/> until the next step overwrites them; those of other leaves are left alone.
/// Once recorded and checked, a step allocates nothing, unless the function checks values, draws numbers or keeps running statistics.
/// </remarks>
public sealed partial class CompiledStep
{
    private readonly Optimizer _optimizer;
    private readonly Func<Tensor[], Tensor> _loss;
    private readonly Action? _beforeUpdate;
    private readonly CompiledProgram _program;
    private readonly Lock _lock = new();
    private readonly ConditionalWeakTable<Plan, Results> _results = [];
    private bool[] _isLeaf = [];
    private int[] _reached = [];

    internal CompiledStep(Optimizer optimizer, Func<Tensor[], Tensor> loss, Action? beforeUpdate)
    {
        (_optimizer, _loss, _beforeUpdate) = (optimizer, loss, beforeUpdate);
        _program = new CompiledProgram(LossAndGradients);
    }

    /// <summary>The graph of the latest step, without the update, which is the optimizer's own.</summary>
    /// <exception cref="CompileException">There was no step yet.</exception>
    public Graph Graph => _program.Latest.Graph;

    /// <summary>How often the step was recorded.</summary>
    public int Recordings => _program.Recordings;

    internal Plan Plan => _program.Latest;

    /// <summary>Does a step.</summary>
    /// <param name="input">The argument of the loss.</param>
    /// <returns>The loss before the update.</returns>
    /// <exception cref="CompileException">The loss cannot be compiled, or an argument is tracked.</exception>
    /// <exception cref="DifferentiationException">The loss depends on no parameter.</exception>
    [OverloadResolutionPriority(1)]
    public double Run(Tensor input) => Run(new ReadOnlySpan<Tensor>(in input));

    /// <inheritdoc cref="Run(Tensor)"/>
    public double Run(params ReadOnlySpan<Tensor> inputs)
    {
        Recording.Current?.Refuse(nameof(CompiledStep), "Compile the loss alone there.");
        CompiledProgram.Check(inputs);
        lock (_lock)
        {
            double loss = Differentiated(inputs);
            _beforeUpdate?.Invoke();
            _optimizer.Step();
            return loss;
        }
    }

    /// <summary>What the latest graph became: which operations run together and why others do not, the memory, and what each kernel takes.</summary>
    /// <remarks>The kernels are measured by this call, for a third of a second or longer, on made-up arguments; nothing outside changes.</remarks>
    public string Explain()
    {
        lock (_lock)
            return Explanation.Of(_program);
    }

    private double Differentiated(ReadOnlySpan<Tensor> inputs)
    {
        ForgetIfOthersAreFrozen();
        if (!_program.TryFind(inputs))
            return Keep(_program.Record(inputs));
        _results.TryGetValue(_program.Latest, out Results? results);
        if (_program.Replay(inputs, results!.All, mayWriteEarly: true) is { } recorded)
            return Keep(recorded);
        results.Leave(_optimizer.Parameters);
        return results.All[0].First;
    }

    // The gradients of this run, and places for those of the replays.
    private double Keep(Tensor[] recorded)
    {
        new Results(recorded, _reached).Leave(_optimizer.Parameters);
        _results.Add(_program.Latest, new Results(Array.ConvertAll(recorded, result => PlannedMemory.Stable(result.Spec)), _reached));
        return recorded[0].First;
    }

    // A graph has the gradients of those that were to learn when it was recorded.
    private void ForgetIfOthersAreFrozen()
    {
        IReadOnlyList<Tensor> parameters = _optimizer.Parameters;
        bool isSame = _isLeaf.Length == parameters.Count;
        for (int i = 0; isSame && i < _isLeaf.Length; i++)
            isSame = parameters[i].IsLeaf == _isLeaf[i];
        if (isSame) return;
        _program.Clear();
        _isLeaf = [.. parameters.Select(parameter => parameter.IsLeaf)];
    }

    private Tensor[] LossAndGradients(Tensor[] inputs)
    {
        Tensor loss = _loss(inputs);
        if (loss.Record is not Node result)
        {
            loss.Backward(); // says what is wrong
            throw new DifferentiationException("The loss depends on no parameter.");
        }
        var gradients = new Dictionary<Node, Tensor>();
        new ReversePass(retainsGraph: false).Run(result, Differentiate.CheckedSeed(loss, null, nameof(CompiledStep)), createGraph: false, (reached, gradient) =>
        {
            if (reached.Leaf is not null)
                gradients[reached] = TensorMemory.HandOut(gradient);
        });
        _reached = [.. Enumerable.Range(0, _optimizer.Parameters.Count).Where(i => _optimizer.Parameters[i].Record is Node node && gradients.ContainsKey(node))];
        return [loss, .. _reached.Select(i => gradients[(Node)_optimizer.Parameters[i].Record!])];
    }

    /// <summary>The loss and the gradients of some parameters.</summary>
    private sealed class Results(Tensor[] all, int[] reached)
    {
        public Tensor[] All => all;

        public void Leave(IReadOnlyList<Tensor> parameters)
        {
            int next = 0;
            for (int i = 0; i < parameters.Count; i++)
            {
                bool isReached = next < reached.Length && reached[next] == i;
                parameters[i].Gradient = isReached ? all[++next] : null;
            }
        }
    }
}
