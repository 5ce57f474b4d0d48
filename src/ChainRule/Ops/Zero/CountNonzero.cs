namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>How many elements are not 0, over all axes or some, as int64; NaN is not 0.</summary>
    /// <param name="axes">The axes that go away; all if none is named.</param>
    /// <param name="keepDims">Keep them with size 1.</param>
    public Tensor CountNonzero(Axes? axes = null, bool keepDims = false) =>
        To(DType.Bool).Sum(Checked(axes, nameof(CountNonzero)), keepDims).To(DType.Int64);

    // An axis that does not exist is refused in the name of the operation that was called.
    private Axes? Checked(Axes? axes, string operation)
    {
        Axes.Mask(axes, Shape, operation);
        return axes;
    }
}
