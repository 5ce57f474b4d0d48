using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// y = r(c - mean c - s·mean(c·s)) along the last axis, where s = r(x - mean x) is the standardized row and r = 1/√(variance + ε): the
/// Jacobian of <see cref="StandardizeOp"/> at x, which is symmetric, times c; it is its own derivative by c, and that by x
/// is symmetric in c and the tangent.
/// </summary>
internal sealed record StandardizeSlopeOp(double Epsilon) : Op
{
    public override Keeps Keeps => Keeps.Inputs;

    public override TensorSpec Infer(in Operands x) => x[0].Spec;

    public override void Run(in Operands x, Tensor y)
    {
        if (y.ElementCount == 0) return;
        Tensor cotangent = x[0].ToContiguous(), source = x[1].ToContiguous();
        if (y.DType == DType.Float32)
            Run<float>(cotangent, source, y);
        else
            Run<double>(cotangent, source, y);
        GC.KeepAlive(cotangent);
        GC.KeepAlive(source);
    }

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent) =>
        operand == 0 ? Apply(cotangent, call.Input(1)) : Curvature(cotangent, call.Input(0), call.Input(1));

    // The second derivative is symmetric in what comes in and what goes out.
    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents)
    {
        Tensor? left = tangents[0] is { } first ? Apply(first, call.Input(1)) : null;
        Tensor? right = tangents[1] is { } second ? Curvature(second, call.Input(0), call.Input(1)) : null;
        return left is null ? right : right is null ? left : left + right;
    }

    public override Tensor Batch(BatchedOperands x) => Apply(x.Spread(0), x.Spread(1));

    // The gradient by x of t·J(x)·c, with d = x - mean x: t·J·c = r Σ t(c - mean c) - r³/n Σ t·d Σ c·d and dr/dx = -r³/n d.
    private Tensor Curvature(Tensor t, Tensor c, Tensor x)
    {
        double n = x.Shape[^1];
        Tensor d = Centred(x), ct = Centred(t), cc = Centred(c);
        Tensor r = (Sum(d.Square()) / n + Epsilon).Rsqrt(), cube = r * r * r / n;
        Tensor alongT = Sum(ct * d), alongC = Sum(cc * d);
        return cube * (d * (3 / n * r * r * alongT * alongC - Sum(ct * cc)) - ct * alongC - cc * alongT);
    }

    private static Tensor Sum(Tensor x) => x.Sum(-1, keepDims: true);

    private static Tensor Centred(Tensor x)
    {
        Tensor distance = x - x.Slice(-1, 0, 1).Detach();
        return distance - Sum(distance) / x.Shape[^1];
    }

    private unsafe void Run<T>(Tensor cotangent, Tensor x, Tensor y) where T : unmanaged
    {
        long n = y.Shape[^1];
        fixed (byte* flow = &cotangent.Start, source = &x.Start, target = &y.Start)
            Standardization.Slope((T*)flow, (T*)source, y.ElementCount / n, n, Epsilon, (T*)target);
    }
}
