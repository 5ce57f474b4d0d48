using System.Numerics;

namespace ChainRule;

/// <summary>y[p[i, j, ..], j, ..] = the largest (or smallest) of x there and all source[i, j, ..], along one axis; NaN if there is one. Equal ones share its derivative.</summary>
internal sealed record ScatterExtremumOp(int Axis, bool IsMin) : Op
{
    public override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    public override TensorSpec Infer(in Operands x) => x[0].Spec;

    public override void Run(in Operands x, Tensor y)
    {
        TensorMemory.Copy(x[0], y);
        Tensor source = x[1].ToContiguous(), positions = x[2].ToContiguous();
        if (y.DType == DType.Float32)
            Run<float>(source, positions, y);
        else
            Run<double>(source, positions, y);
        GC.KeepAlive(source);
        GC.KeepAlive(positions);
    }

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent)
    {
        (Tensor own, Tensor given, Tensor sharers) = Attained(call);
        Tensor share = cotangent / sharers;
        return operand switch
        {
            0 => own.Chain(share),
            1 => given.Chain(new GatherOp(Axis).Apply(share, call.Input(2))),
            _ => null,
        };
    }

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents)
    {
        (Tensor own, Tensor given, Tensor sharers) = Attained(call);
        Tensor? left = tangents[0] is { } x ? own.Chain(x) : null;
        Tensor? right = tangents[1] is { } source ? Collected(given.Chain(source), call) : null;
        return (left is null ? right! : right is null ? left : left + right) / sharers;
    }

    public override Tensor Batch(BatchedOperands x) => (this with { Axis = Axis + 1 }).Apply(x.Spread(0), x.Spread(1), x.Spread(2));

    // Which of both are equal to the result, and how many there are for each.
    private (Tensor Own, Tensor Given, Tensor Sharers) Attained(Call call)
    {
        Tensor own = call.Input(0).Attains(call.Output);
        Tensor given = call.Input(1).Attains(new GatherOp(Axis).Apply(call.Output, call.Input(2)));
        return (own, given, own + Collected(given, call));
    }

    private Tensor Collected(Tensor x, Call call) => new ScatterAddOp(Axis, call.InputSpec(0).Shape.Sizes[Axis]).Apply(x, call.Input(2));

    private unsafe void Run<T>(Tensor x, Tensor positions, Tensor y) where T : unmanaged, INumber<T>
    {
        (long outer, long size, long inner) = Rows.Around(y.Shape, Axis);
        long count = positions.Shape.Sizes[Axis];
        fixed (byte* source = &x.Start, places = &positions.Start, target = &y.Start)
        {
            T* from = (T*)source, to = (T*)target;
            long* place = (long*)places;
            for (long o = 0, at = 0; o < outer; o++, to += size * inner)
            {
                for (long j = 0; j < count; j++)
                {
                    for (long i = 0; i < inner; i++, at++)
                    {
                        T* best = to + Rows.Place(place[at], size, "ScatterReduce", at) * inner + i;
                        *best = IsMin ? T.Min(*best, from[at]) : T.Max(*best, from[at]);
                    }
                }
            }
        }
    }
}
