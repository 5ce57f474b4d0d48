using ChainRule.Autograd;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>Whether <see cref="Backward"/> leaves a gradient on this tensor: it requires one and was not computed from others.</summary>
    public bool IsLeaf => Record is Node { Leaf: not null };

    /// <summary>
    /// The sum of the gradients that <see cref="Backward"/> left here since it was last set to null; null before the first.
    /// </summary>
    /// <exception cref="DifferentiationException">The tensor is the result of an operation: its gradient is not kept.</exception>
    /// <exception cref="ShapeException">A gradient of another shape is set.</exception>
    /// <exception cref="DTypeException">A gradient of another type is set.</exception>
    public Tensor? Grad
    {
        get
        {
            if (Gradient is null && Record is Node { Op: { } op, Retained: null })
                throw new DifferentiationException($"This tensor of shape {Shape} is not a leaf: it is the result of {op.Name}, and Backward keeps gradients only on leaves. Call RetainGrad() on it before Backward; or, if it was meant to be a parameter, compute its value first and call RequiresGrad() on the result: x = (Tensor.Normal(...) * 0.1).RequiresGrad().");
            return Gradient;
        }
        set
        {
            if (value is not null && value.Shape != Shape)
                throw new ShapeException($"Grad: a gradient of shape {value.Shape} does not fit this tensor of shape {Shape}.");
            if (value is not null && value.DType != DType)
                throw new DTypeException($"Grad: a gradient of {value.DType.Lower()} does not fit this tensor of {DType.Lower()}. Convert it with .To({nameof(DType)}.{DType}).");
            Gradient = value;
        }
    }

    /// <summary>Asks for gradients: from now on what is computed from this tensor is recorded.</summary>
    /// <param name="value">False makes the tensor an ordinary constant again.</param>
    /// <returns>This tensor.</returns>
    /// <exception cref="DifferentiationException">The tensor is the result of a recorded operation.</exception>
    /// <exception cref="DTypeException">The element type has no fractions.</exception>
    public Tensor RequiresGrad(bool value = true)
    {
        if (Record is Node { Op: { } op })
        {
            if (value) return this;
            throw new DifferentiationException($"This tensor is the result of {op.Name} and is tracked because its operands are. Use Detach() for the same values without the history.");
        }
        RequireNoLevel(nameof(RequiresGrad));
        if (value && !DType.IsFloating())
            throw new DTypeException($"RequiresGrad: a {DType.Lower()} tensor has no gradient; only float32 and float64 do.");
        if (!value)
            Record = null;
        else
            Record ??= new Node(this);
        return this;
    }

    /// <summary>Asks <see cref="Backward"/> to keep the gradient of this result of an operation in <see cref="Grad"/>.</summary>
    /// <returns>This tensor.</returns>
    public Tensor RetainGrad()
    {
        if (CheckpointRun.Hooked(this) is not { } hooked) return this;
        if (hooked.Record is not Node node)
            throw new DifferentiationException($"RetainGrad: nothing that this {DType.Lower()} tensor of shape {Shape} was computed from requires a gradient.");
        node.Retained = hooked;
        return this;
    }

    /// <summary>Calls a function with this tensor's gradient during each backward pass; what it returns, unless null, flows on instead.</summary>
    /// <remarks>
    /// It sees the sum of all that flows in, once in each pass, and must not change it in place. Inside a <see cref="Checkpoint"/>, what the
    /// function makes gets its hook in each recomputation, and what this returns in the first run cannot remove it.
    /// </remarks>
    /// <exception cref="DifferentiationException">The tensor is not tracked.</exception>
    public GradientHook OnGradient(Func<Tensor, Tensor?> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        if (CheckpointRun.Hooked(this) is not { } hooked) return new GradientHook([], hook);
        if (hooked.Record is not Node node)
            throw new DifferentiationException($"OnGradient: this {DType.Lower()} tensor of shape {Shape} is not tracked, so no gradient will ever reach it. Call RequiresGrad() first.");
        return new GradientHook(node.Hooks ??= [], hook);
    }

    /// <summary>Adds the gradient of this tensor to <see cref="Grad"/> of every leaf that it depends on.</summary>
    /// <param name="seed">The cotangent that flows in, of this tensor's shape; 1 for a tensor of one element.</param>
    /// <param name="retainGraph">Keep the recorded values, so that Backward can be called again.</param>
    /// <param name="createGraph">Record the backward pass too, so that gradients can be differentiated; implies <paramref name="retainGraph"/>.</param>
    /// <exception cref="DifferentiationException">Nothing to differentiate, no seed for several elements, or the graph was freed.</exception>
    /// <exception cref="InPlaceException">A value that the gradient needs was changed in place.</exception>
    public void Backward(Tensor? seed = null, bool retainGraph = false, bool createGraph = false)
    {
        RequireNoLevel(nameof(Backward));
        if (Record is not Node node)
            throw new DifferentiationException($"Backward: this {DType.Lower()} tensor of shape {Shape} depends on nothing that requires a gradient. Call RequiresGrad() on the parameters before the forward pass, and look for Detach, NoGrad, a comparison or a cast to integers on the way: GradientTrace.Run(() => ComputeLoss(), model.NamedParameters()) names the place.");
        seed = Differentiate.CheckedSeed(this, seed, "Backward");
        new ReversePass(retainGraph || createGraph, leavesRows: !createGraph && Recording.Current is null).Run(node, seed, createGraph, Recording.Current is null
            ? static (reached, gradient) => Leave(reached, gradient)
            : static (reached, gradient) => LeaveRecorded(reached, gradient));
    }

    private static void Leave(Node reached, Tensor gradient)
    {
        (reached.Leaf ?? reached.Retained)?.LeaveGradient(gradient);
    }

    private static void LeaveRecorded(Node reached, Tensor gradient)
    {
        if (reached.Leaf is { } leaf)
            Recording.Current!.LeftGradient(leaf);
        Leave(reached, gradient);
    }

    private void RequireNoLevel(string operation)
    {
        if (Record is LevelRecord { Interpreter: Level level })
            throw new DifferentiationException($"{operation}: inside a function given to {level.Name} tensors have no {nameof(Grad)} of their own. Use {nameof(Differentiate)}.{nameof(Differentiate.Grad)} there; it nests.");
    }
}
