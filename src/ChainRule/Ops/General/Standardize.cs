using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>(x - mean) / √(variance + ε) over some axes: mean 0 and variance just under 1. Exactly 0 for equal elements, however large.</summary>
    /// <param name="axes">The axes that mean and variance (of the population) are taken over; all if none is named.</param>
    /// <param name="epsilon">ε, which keeps the divisor from 0.</param>
    public Tensor Standardize(Axes? axes = null, double epsilon = 1e-5)
    {
        Bounds.NotNegative(epsilon, nameof(Standardize), nameof(epsilon));
        Tensor x = ElementType.Prepare(this, takesIntegers: false);
        int kept = Rank - System.Numerics.BitOperations.PopCount(Axes.Mask(axes, Shape, nameof(Standardize)));
        bool isLast = kept < Rank && Axes.Mask(axes, Shape, nameof(Standardize)) >> kept == (1u << (Rank - kept)) - 1;
        if (!isLast || ElementCount == 0)
            return x.Standardized(axes, epsilon);
        // The last axes are the rows of a matrix, which need no pass through memory for each sum.
        Tensor rows = x.Reshape(Shape.Create([Shape.Create(Shape.Sizes[..kept]).ElementCount, Shape.Create(Shape.Sizes[kept..]).ElementCount]));
        return new StandardizeOp(epsilon).Apply(rows).Reshape(Shape);
    }

    // Two passes over distances from an element: nothing of a large mean is left to round, and every derivative is that of the sums.
    private Tensor Standardized(Axes? axes, double epsilon)
    {
        double count = Math.Max(CountOver(axes, nameof(Standardize)), 1);
        Tensor centred = CentredOver(axes, count), variance = centred.Square().Sum(axes, keepDims: true) / count;
        if (PowerOfTwo.Against(this, variance, axes, epsilon) is not { } lift)
            return centred * (variance + epsilon).Rsqrt();
        centred = (this * lift).CentredOver(axes, count);
        return centred * (centred.Square().Sum(axes, keepDims: true) / count + epsilon * lift * lift).Rsqrt();
    }

    // y·weight + bias for what is there of them.
    private static Tensor Scaled(Tensor y, Tensor? weight, Tensor? bias)
    {
        Tensor scaled = weight is null ? y : y * weight;
        return bias is null ? scaled : scaled + bias;
    }
}

/// <summary>y = (x - mean x) / √(variance x + ε) along the last axis of a matrix;  its Jacobian is symmetric: <see cref="StandardizeSlopeOp"/>.</summary>
internal sealed record StandardizeOp(double Epsilon) : RowOp
{
    public override Keeps Keeps => Keeps.Inputs;

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent) => new StandardizeSlopeOp(Epsilon).Apply(cotangent, call.Input(0));

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents) => new StandardizeSlopeOp(Epsilon).Apply(tangents[0]!, call.Input(0));

    protected override unsafe void Run<T>(Tensor x, Tensor y, long rows, long length)
    {
        fixed (byte* source = &x.Start, target = &y.Start)
            Standardization.Run((T*)source, rows, length, Epsilon, (T*)target);
    }
}
