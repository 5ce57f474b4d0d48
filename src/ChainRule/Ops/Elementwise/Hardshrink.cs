namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>x, but 0 where |x| ≤ <paramref name="lambda"/>; the slope is 0 there and 1 elsewhere.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is negative or NaN.</exception>
    public Tensor Hardshrink(double lambda = 0.5) => lambda >= 0
        ? Where(Abs() <= lambda, ConstantLike(0, this), this)
        : throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "Hardshrink: lambda must be at least 0.");
}
