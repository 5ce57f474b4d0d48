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
        Tensor power = exponent.DType.IsFloating() ? exponent : exponent.To(size.DType);
        ElementType.Meet(ref size, ref power, takesIntegers: false);
        double bound = power.DType == DType.Float32 ? 120 : 1000;
        bool isOrdinary = power.ElementCount == 0 || Recording.Inspect(power, values => values.Abs().To(DType.Float64).Max().Item<double>() <= bound);
        return isOrdinary ? size * power.Exp2() : LdexpInSteps(size, power, bound);
    }

    // 2^n itself may over- or underflow where x·2^n does not. The excess of n goes first, in whole powers. Where they make x subnormal,
    // and round it, what is left of n makes it 0: so the result is rounded once.
    private static Tensor LdexpInSteps(Tensor size, Tensor power, double bound)
    {
        Tensor fixedPower = power.Detach();
        fixedPower = Where(fixedPower.Abs() < double.PositiveInfinity, fixedPower, 0.0);
        Tensor excess = (fixedPower - fixedPower.Clamp(-bound / 2, bound / 2)).Trunc(), left = excess;
        // Three steps take the least subnormal number to infinity and the largest number to 0.
        for (int step = 0; step < 3; step++)
        {
            Tensor part = left.Clamp(-bound, bound);
            size *= part.Exp2();
            left -= part;
        }
        size *= (fixedPower - excess).Exp2();
        // 2^0 but for what is not finite: it makes the derivative by n one of the result, not of a step.
        return size * (power - fixedPower).Exp2();
    }
}
