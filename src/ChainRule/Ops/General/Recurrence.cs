using System.Numerics;

namespace ChainRule;

/// <summary>
/// y[i] = a[i]·y[i-1] + b[i] along the last axis, y[0] = b[0];  the cotangent c becomes, by b, the recurrence backwards
/// g[i] = c[i] + a[i+1]·g[i+1], and by a, g[i]·y[i-1]. Nothing is divided, so zeros among the factors do no harm. If CutsAtZero, a
/// factor of 0 forgets what was before, infinite or NaN as it may be.
/// </summary>
internal sealed record RecurrenceOp(bool CutsAtZero) : Op
{
    public static readonly RecurrenceOp Default = new(false);

    public static readonly RecurrenceOp Cutting = new(true);

    public override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    public override TensorSpec Infer(in Operands x) => x[1].Spec;

    public override void Run(in Operands x, Tensor y)
    {
        if (y.ElementCount == 0) return;
        Tensor factors = x[0].ToContiguous(), terms = x[1].ToContiguous();
        switch (y.DType)
        {
            case DType.Float32: Run<float>(factors, terms, y); break;
            case DType.Float64: Run<double>(factors, terms, y); break;
            case DType.Int32: Run<int>(factors, terms, y); break;
            default: Run<long>(factors, terms, y); break;
        }
        GC.KeepAlive(factors);
        GC.KeepAlive(terms);
    }

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent)
    {
        Tensor flow = Apply(Next(call.Input(0)).Flip(-1), cotangent.Flip(-1)).Flip(-1);
        return operand == 1 ? flow : ByFactors(flow, call.Output);
    }

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents)
    {
        if (tangents[0] is not { } factors)
            return tangents[1] is { } only ? Apply(call.Input(0), only) : null;
        Tensor moved = ByFactors(factors, call.Output);
        return Apply(call.Input(0), tangents[1] is { } terms ? moved + terms : moved);
    }

    public override Tensor Batch(BatchedOperands x) => Apply(x.Spread(0), x.Spread(1));

    // x[i + 1], and 0 behind the last.
    private static Tensor Next(Tensor x)
    {
        long length = x.Shape[^1], rest = Math.Max(length - 1, 0);
        return x.Slice(-1, length - rest, rest).Pad(-1, 0, length - rest);
    }

    // x[i]·y[i-1], and 0 for the first, whose factor does not count.
    private static Tensor ByFactors(Tensor x, Tensor y)
    {
        long length = x.Shape[^1], rest = Math.Max(length - 1, 0);
        return x.Slice(-1, length - rest, rest).Chain(y.Slice(-1, 0, rest)).Pad(-1, length - rest, 0);
    }

    private unsafe void Run<T>(Tensor factors, Tensor terms, Tensor y) where T : unmanaged, INumber<T>
    {
        long length = y.Shape[^1], count = y.ElementCount;
        fixed (byte* first = &factors.Start, second = &terms.Start, target = &y.Start)
        {
            T* a = (T*)first, b = (T*)second, to = (T*)target;
            for (long row = 0; row < count; row += length)
            {
                T previous = to[row] = b[row];
                for (long i = row + 1; i < row + length; i++)
                    to[i] = previous = CutsAtZero && a[i] == T.Zero ? b[i] : a[i] * previous + b[i];
            }
        }
    }
}
