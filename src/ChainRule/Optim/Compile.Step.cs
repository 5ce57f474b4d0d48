using ChainRule.Optim;

namespace ChainRule;

public static partial class Compile
{
    /// <summary>Compiles a training step: the loss of a batch, its gradients, and the optimizer's update.</summary>
    /// <param name="optimizer">Adjusts its parameters after each replay. Its learning rate, schedule and groups may change from step to step.</param>
    /// <param name="loss">The loss of one argument, such as a batch.</param>
    /// <param name="beforeUpdate">Is called between the gradients and the update, for example to clip them; null for nothing.</param>
    public static CompiledStep Step(Optimizer optimizer, Func<Tensor, Tensor> loss, Action? beforeUpdate = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return Step(optimizer, x => loss(Argument(x, 1)[0]), beforeUpdate);
    }

    /// <summary>Compiles a training step of a batch and its targets.</summary>
    /// <inheritdoc cref="Step(Optimizer, Func{Tensor, Tensor}, Action?)"/>
    public static CompiledStep Step(Optimizer optimizer, Func<Tensor, Tensor, Tensor> loss, Action? beforeUpdate = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return Step(optimizer, x => loss(Argument(x, 2)[0], x[1]), beforeUpdate);
    }

    /// <summary>Compiles a training step of any number of arguments.</summary>
    /// <inheritdoc cref="Step(Optimizer, Func{Tensor, Tensor}, Action?)"/>
    public static CompiledStep Step(Optimizer optimizer, Func<Tensor[], Tensor> loss, Action? beforeUpdate = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(loss);
        return new(optimizer, loss, beforeUpdate);
    }
}
