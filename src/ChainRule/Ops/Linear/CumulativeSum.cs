using System.Numerics;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The sums y[i] = x[0] + .. + x[i] along an axis. Integers and truth values add up as int64.</summary>
    /// <remarks>float32 is added up in float64, element after element, and rounded once for each result.</remarks>
    /// <param name="axis">The axis; a single number has 0 and -1.</param>
    public Tensor CumulativeSum(int axis)
    {
        Tensor x = DType.IsFloating() ? this : To(DType.Int64);
        return LastAxis.Size(this, axis, nameof(CumulativeSum)) == 1 || Rank == 0 ? x : new CumulativeSumOp(Shape.Axis(axis, nameof(CumulativeSum))).Apply(x);
    }
}

/// <summary>y[i] = Σ x[j] over j ≤ i along one axis;  its transpose is the same from the end.</summary>
internal sealed record CumulativeSumOp(int Axis) : LinearOp
{
    public override TensorSpec Infer(in Operands x) => x[0].Spec;

    public override void Run(in Operands x, Tensor y)
    {
        Tensor source = x[0].ToContiguous();
        switch (y.DType)
        {
            case DType.Float32: Run<float, double>(source, y); break;
            case DType.Float64: Run<double, double>(source, y); break;
            default: Run<long, long>(source, y); break;
        }
        GC.KeepAlive(source);
    }

    protected override LinearOp? BehindLeadingAxis(long size, TensorSpec operand) => new CumulativeSumOp(Axis + 1);

    protected override Tensor Transpose(Tensor cotangent, Call call) => Apply(cotangent.Flip(Axis)).Flip(Axis);

    private unsafe void Run<T, TSum>(Tensor x, Tensor y) where T : unmanaged, INumber<T> where TSum : unmanaged, INumber<TSum>
    {
        (long outer, long size, long inner) = Rows.Around(y.Shape, Axis);
        if (y.ElementCount == 0) return;
        fixed (byte* source = &x.Start, target = &y.Start)
        {
            T* from = (T*)source, to = (T*)target;
            for (long o = 0; o < outer; o++, from += size * inner, to += size * inner)
            {
                for (long i = 0; i < inner; i++)
                {
                    TSum sum = TSum.CreateTruncating(from[i]);
                    to[i] = from[i];
                    for (long at = i + inner; at < size * inner; at += inner)
                        to[at] = T.CreateTruncating(sum += TSum.CreateTruncating(from[at]));
                }
            }
        }
    }
}
