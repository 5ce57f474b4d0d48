namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>Whether each element is neither NaN nor infinite; integers are.</summary>
    public Tensor IsFinite() => DType.IsFloating() ? Abs() < double.PositiveInfinity : EqualTo(this);

    /// <summary>Whether each element is ∞ or -∞.</summary>
    public Tensor IsInfinity() => DType.IsFloating() ? Abs().EqualTo(double.PositiveInfinity) : NotEqualTo(this);

    /// <summary>Whether each element is NaN.</summary>
    public Tensor IsNaN() => NotEqualTo(this);
}
