namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>Each element, but numbers in place of NaN and the infinities, where no gradient passes.</summary>
    /// <param name="nan">In place of NaN.</param>
    /// <param name="positiveInfinity">In place of ∞; the largest number of the type if none is given.</param>
    /// <param name="negativeInfinity">In place of -∞; the smallest number of the type if none is given.</param>
    public Tensor NanToNum(double nan = 0, double? positiveInfinity = null, double? negativeInfinity = null)
    {
        if (!DType.IsFloating()) return this;
        double largest = DType == DType.Float32 ? float.MaxValue : double.MaxValue;
        Tensor x = Where(IsNaN(), nan, this);
        x = Where(x.EqualTo(double.PositiveInfinity), positiveInfinity ?? largest, x);
        return Where(x.EqualTo(double.NegativeInfinity), negativeInfinity ?? -largest, x);
    }
}
