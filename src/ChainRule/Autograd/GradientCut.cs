namespace ChainRule;

/// <summary>A place between a parameter and a loss that no gradient passed.</summary>
/// <param name="Kind">Why it did not pass.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Shape">The shape of its result.</param>
/// <param name="Place">The line that asked for the operation, such as <c>Model.cs:12</c>, or the method where no line is known.</param>
public sealed record GradientCut(GradientCutKind Kind, string Operation, Shape Shape, string? Place)
{
    /// <summary>How to mend it.</summary>
    public string Advice => Kind switch
    {
        GradientCutKind.Detach => "Leave out Detach() where this is to learn.",
        GradientCutKind.NoGrad => "Compute it outside of using (new NoGrad()).",
        GradientCutKind.Cast => "Only float32 and float64 have gradients: stay with them up to the loss.",
        GradientCutKind.ZeroDerivative => "Its derivative is zero: put a smooth function in its place (Sigmoid for x > 0, Softmax for ArgMax), or let it only choose between values that depend on this (Tensor.Where).",
        _ => "Its operand was not tracked: call RequiresGrad() before the value is used or copied, and take derivatives outside of NoGrad.",
    };

    /// <summary>For example <c>Detach of [3, 4] at Model.cs:12</c>.</summary>
    public override string ToString() =>
        $"{Operation} of {Shape}{(Kind == GradientCutKind.NoGrad ? " inside NoGrad" : "")}{(Place is null ? "" : $" at {Place}")}";
}
