namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>x·2^n of each pair of elements, as numbers with fractions, also for integers: 2^-1 is 1/2.</summary>
    public static Tensor Ldexp(Tensor x, Tensor exponent)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(exponent);
        Shape.Broadcast(x.Shape, exponent.Shape, nameof(Ldexp));
        Tensor size = ElementType.Prepare(x, takesIntegers: false);
        return size * (exponent.DType.IsFloating() ? exponent : exponent.To(size.DType)).Exp2();
    }
}
