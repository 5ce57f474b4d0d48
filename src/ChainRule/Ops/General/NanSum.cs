namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The sum of the elements that are not NaN, over all axes or some; those that are get a gradient of 0.</summary>
    /// <param name="axes">The axes that go away; all if none is named.</param>
    /// <param name="keepDims">Keep them with size 1.</param>
    public Tensor NanSum(Axes? axes = null, bool keepDims = false) =>
        (DType.IsFloating() ? Where(EqualTo(this), this, 0.0) : this).Sum(Checked(axes, nameof(NanSum)), keepDims);

    /// <summary>The mean of the elements that are not NaN, over all axes or some; NaN if all are. Those that are get a gradient of 0.</summary>
    /// <param name="axes">The axes that go away; all if none is named.</param>
    /// <param name="keepDims">Keep them with size 1.</param>
    public Tensor NanMean(Axes? axes = null, bool keepDims = false)
    {
        Tensor x = ElementType.Prepare(this, takesIntegers: false);
        Checked(axes, nameof(NanMean));
        return x.NanSum(axes, keepDims) / x.EqualTo(x).To(x.DType).Sum(axes, keepDims);
    }
}
