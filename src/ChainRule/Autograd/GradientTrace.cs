using ChainRule.Autograd;

namespace ChainRule;

/// <summary>Finds out which parameters a loss can teach, and what keeps the gradient away from the others.</summary>
/// <remarks>
/// It sees operations on tensors. What leaves them (Item, ToArray, AsSpan) or is written in place (CopyFrom) cannot be followed:
/// it says where a parameter was seen last.
/// </remarks>
public static class GradientTrace
{
    /// <summary>Computes the loss once, differentiates it, and explains each parameter. No <see cref="Tensor.Grad"/> changes.</summary>
    /// <param name="loss">Computes the loss from the parameters, on this thread: forward pass and all, as in training.</param>
    /// <param name="parameters">Tensors and their names: <c>model.NamedParameters()</c>.</param>
    /// <exception cref="DifferentiationException">The loss is not a single number, or was computed before.</exception>
    public static GradientTraceReport Run(Func<Tensor> loss, IEnumerable<(string Name, Tensor Value)> parameters)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(parameters);
        (string Name, Tensor Value)[] named = [.. parameters];
        var log = new ForwardLog(Array.ConvertAll(named, parameter => parameter.Value));
        Tensor result = log.Watch(loss);
        if (log.IsLossUnseen)
            throw new DifferentiationException("GradientTrace: the loss function computed nothing. Compute the loss inside of it, from the forward pass on: GradientTrace.Run(() => Loss.MeanSquaredError(model.Forward(x), y), model.NamedParameters()).");
        var search = new CutSearch(log, Reached(result));
        return new GradientTraceReport([.. named.Select((parameter, i) => search.Explain(parameter.Name, parameter.Value, i))]);
    }

    /// <summary>The same for parameters without names, such as those of an optimizer: they are called by their places.</summary>
    /// <inheritdoc cref="Run(Func{Tensor}, IEnumerable{ValueTuple{string, Tensor}})"/>
    public static GradientTraceReport Run(Func<Tensor> loss, IEnumerable<Tensor> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return Run(loss, parameters.Select((parameter, i) => ($"parameter {i}", parameter)));
    }

    private static HashSet<Node> Reached(Tensor loss)
    {
        var reached = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        Tensor seed = Differentiate.CheckedSeed(loss, null, nameof(GradientTrace));
        if (loss.Record is Node result)
            new ReversePass(retainsGraph: true).Run(result, seed, createGraph: false, (node, _) => reached.Add(node));
        return reached;
    }
}
