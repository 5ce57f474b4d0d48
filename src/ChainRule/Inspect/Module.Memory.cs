using ChainRule.Inspect;
using ChainRule.Optim;

namespace ChainRule.Nn;

public abstract partial class Module
{
    /// <summary>What memory a training step, or an inference, will take, and which layers hold it: found from shapes, before anything is computed.</summary>
    /// <param name="input">The shape of a batch: <c>[64, 1, 28, 28]</c>.</param>
    /// <param name="optimizer">Adjusts the parameters; null for a pass forward and backward alone.</param>
    /// <param name="training">False for an inference: forward, without a gradient.</param>
    /// <param name="loss">The loss of what comes out; the mean, if null.</param>
    /// <param name="dtype">The elements of the batch: those of the parameters, if null; int64 for tokens.</param>
    /// <exception cref="ShapeException">The model does not take such a batch.</exception>
    /// <exception cref="InsufficientMemoryException">One tensor alone is larger than this machine's memory.</exception>
    public MemoryPlan PlanMemory(Shape input, Optimizer? optimizer = null, bool training = true, Func<Tensor, Tensor>? loss = null, DType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        Tensor batch = MemoryPlan.Counted(input, dtype ?? Parameters().Select(parameter => parameter.DType).FirstOrDefault(DType.Float32));
        return training
            ? MemoryPlan.OfStep(this, optimizer, x => loss is null ? Forward(x[0]).Mean() : loss(Forward(x[0])), batch)
            : MemoryPlan.OfInference(this, batch);
    }
}
