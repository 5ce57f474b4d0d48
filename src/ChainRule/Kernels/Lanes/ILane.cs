namespace ChainRule.Kernels;

/// <summary>
/// One value, or a hardware vector of values, on which the body of an operation is written once.
/// The same body runs on SIMD lanes of every width and on a lane of one element, with the same bits.
/// </summary>
/// <remarks>
/// Comparisons give a mask: a lane whose elements have all bits set (true) or none. NaN compares false.
/// Nothing is contracted: a product and a sum round twice unless <see cref="Fma"/> is written, and in portable mode even then.
/// A NaN result is a NaN everywhere, but which NaN (sign and payload) is left open: processors differ in it.
/// </remarks>
internal interface ILane<V> where V : struct, ILane<V>
{
    static abstract V operator +(V a, V b);
    static abstract V operator -(V a, V b);
    static abstract V operator *(V a, V b);
    static abstract V operator /(V a, V b);

    /// <summary>Flips the sign, of zeros too.</summary>
    static abstract V operator -(V a);

    /// <summary>The constant, rounded once to the element type.</summary>
    static abstract V Constant(double value);

    /// <summary>a * b + c, rounded once; in portable mode the product is rounded, too.</summary>
    static abstract V Fma(V a, V b, V c);

    /// <summary>a * b + c from the exact product, which it may cancel but for its last bits: <see cref="Fma"/>, or in portable mode what takes its place.</summary>
    /// <remarks>Where c is the product rounded and negated, its rounding error. Finite operands only in portable mode.</remarks>
    static virtual V ExactFma(V a, V b, V c) => V.Fma(a, b, c);

    /// <summary>The exact remainder of the division that cuts off fractions; it has the sign of a. NaN for a division by 0, which throws for integers.</summary>
    static abstract V Modulo(V a, V b);

    static abstract V Sqrt(V a);
    static abstract V Abs(V a);

    /// <summary>The smaller; NaN if either is NaN; -0 is smaller than +0.</summary>
    static abstract V Min(V a, V b);

    /// <summary>The larger; NaN if either is NaN; +0 is larger than -0.</summary>
    static abstract V Max(V a, V b);

    static abstract V Floor(V a);
    static abstract V Ceiling(V a);
    static abstract V Truncate(V a);

    /// <summary>Rounds to the nearest integer, ties to even.</summary>
    static abstract V Round(V a);

    static abstract V Equal(V a, V b);
    static abstract V LessThan(V a, V b);
    static abstract V LessOrEqual(V a, V b);

    /// <summary>The mask's complement.</summary>
    static abstract V Not(V mask);
    static abstract V And(V mask, V other);
    static abstract V Or(V mask, V other);

    /// <summary><paramref name="yes"/> where the mask is set, else <paramref name="no"/>: a choice of bits, so an untaken NaN does no harm.</summary>
    static abstract V Select(V mask, V yes, V no);

    static abstract V Exp(V a);
    static abstract V Expm1(V a);
    static abstract V Log(V a);
    static abstract V Log1p(V a);
    static abstract V Sin(V a);
    static abstract V Cos(V a);
    static abstract V Tanh(V a);
    static abstract V Erf(V a);

    /// <summary>a times the normal distribution function of a, without loss where that is small.</summary>
    static abstract V Gelu(V a);

    /// <summary>The derivative of <see cref="Gelu"/>, without loss near its zero and where it is small.</summary>
    static abstract V GeluSlope(V a);

    /// <summary>a times the logistic function of a, without loss where that is small.</summary>
    static abstract V Silu(V a);

    /// <summary>a tanh(log(1 + e^a)), without loss where that is small.</summary>
    static abstract V Mish(V a);
    static abstract V Pow(V a, V exponent);

    /// <summary>A function that is written in doubles: lanes of floats are widened for it, and its results rounded once.</summary>
    /// <remarks>Lanes come first: see docs/decisions/0010-portable-mode.md.</remarks>
    static abstract V InDouble<TFunction>(V a, TFunction function) where TFunction : struct, IDoubleUnary;

    /// <inheritdoc cref="InDouble{TFunction}(V, TFunction)"/>
    static abstract V InDouble<TFunction>(V a, V b, TFunction function) where TFunction : struct, IDoubleBinary;

    static virtual V Log2(V a) => V.InDouble(a, default(InDouble.Log2));
    static virtual V Log10(V a) => V.InDouble(a, default(InDouble.Log10));
    static virtual V Exp2(V a) => V.InDouble(a, default(InDouble.Exp2));
    static virtual V Tan(V a) => V.InDouble(a, default(InDouble.Tan));
    static virtual V Asin(V a) => V.InDouble(a, default(InDouble.Asin));
    static virtual V Acos(V a) => V.InDouble(a, default(InDouble.Acos));
    static virtual V Atan(V a) => V.InDouble(a, default(InDouble.Atan));
    static virtual V Sinh(V a) => V.InDouble(a, default(InDouble.Sinh));
    static virtual V Cosh(V a) => V.InDouble(a, default(InDouble.Cosh));
    static virtual V Asinh(V a) => V.InDouble(a, default(InDouble.Asinh));
    static virtual V Acosh(V a) => V.InDouble(a, default(InDouble.Acosh));
    static virtual V Atanh(V a) => V.InDouble(a, default(InDouble.Atanh));
    static virtual V Erfc(V a) => V.InDouble(a, default(InDouble.Erfc));
    static virtual V Erfinv(V a) => V.InDouble(a, default(InDouble.Erfinv));
    static virtual V LogGamma(V a) => V.InDouble(a, default(InDouble.LogGamma));
    static virtual V Digamma(V a) => V.InDouble(a, default(InDouble.Digamma));
    static virtual V Atan2(V y, V x) => V.InDouble(y, x, default(InDouble.Atan2));
}
