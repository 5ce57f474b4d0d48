namespace ChainRule;

/// <summary>
/// The derivative of <see cref="CtcOp"/> by the log-probabilities: minus the probability of being in a state at a time, added up over
/// the states of a class;  its own derivatives are those of the forward and the backward recursion in tensors.
/// </summary>
internal sealed record CtcSlopeOp : Op
{
    public static readonly CtcSlopeOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    public override TensorSpec Infer(in Operands x) => x[0].Spec;

    public override void Run(in Operands x, Tensor y) => CtcOp.Align(x, y, isSlope: true);

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent) =>
        operand == 0 ? call.Through(0, x => Composed(x, call.Input(1), call.Input(2), call.Input(3)), cotangent) : null;

    public override Tensor Batch(BatchedOperands x) =>
        Apply(CtcOp.Merged(x)).Reshape(x[0].Shape[^3], x.Size, -1, x[0].Shape[^1]).Transpose(0, 1);

    // -Σ e^(a + b - total) over the states of each class, with a[t, s] over the ways into a state and b[t, s] over those out of it.
    private static Tensor Composed(Tensor x, Tensor labels, Tensor lengths, Tensor ends)
    {
        (long times, long batch, long states) = (x.Shape[0], labels.Shape[0], labels.Shape[1]);
        Tensor emitted = x.Gather(2, labels.Unsqueeze(0).Expand([times, batch, states]));
        Tensor state = Tensor.Arange(0, states, 1, DType.Int64).Reshape(1, states).Expand([batch, states]), skips = Skips(labels, state);
        Tensor[] into = Into(emitted, state, skips, times);
        Tensor isLast = state.EqualTo(ends.Unsqueeze(1)).Or(state.EqualTo(ends.Unsqueeze(1) - 1));
        Tensor first = Tensor.Where(isLast, 0, Never(emitted, batch, states)), way = Never(emitted, batch, states), total = Never(emitted, batch, 1);
        var slopes = new Tensor[times];
        for (long time = times - 1; time >= 0; time--)
        {
            if (time + 1 < times)
                way = Tensor.Where((lengths > time + 1).Unsqueeze(1), OutOf(way + emitted[time + 1], skips), way);
            Tensor isEnd = lengths.EqualTo(time + 1).Unsqueeze(1);
            way = Tensor.Where(isEnd, first, way);
            total = Tensor.Where(isEnd, (into[time] + first).LogSumExp(1, keepDims: true), total);
            Tensor counts = (lengths > time).Unsqueeze(1).And(total > double.NegativeInfinity).Expand([batch, states]);
            Tensor share = Tensor.Where(counts, (into[time] + way - Tensor.Where(counts, total, 0)).Exp(), 0);
            slopes[time] = -Tensor.Zeros([batch, x.Shape[2]], x.DType).ScatterAdd(1, labels, share);
        }
        return Tensor.Stack(slopes);
    }

    private static Tensor[] Into(Tensor emitted, Tensor state, Tensor skips, long times)
    {
        (long batch, long states) = (state.Shape[0], state.Shape[1]);
        Tensor never = Never(emitted, batch, 2), reached = Tensor.Where(state < 1, 0, Never(emitted, batch, states));
        var all = new Tensor[times];
        for (long time = 0; time < times; time++)
        {
            Tensor padded = Tensor.Concat([never, reached], 1); // [batch, 2 + states]
            Tensor skipped = Tensor.Where(skips, padded.Slice(1, 0, states), double.NegativeInfinity);
            all[time] = reached = Tensor.Stack([reached, padded.Slice(1, 1, states), skipped], -1).LogSumExp(-1) + emitted[time];
        }
        return all;
    }

    private static Tensor OutOf(Tensor next, Tensor skips)
    {
        (long batch, long states) = (next.Shape[0], next.Shape[1]);
        Tensor allowed = Tensor.Where(skips, next, double.NegativeInfinity);
        Tensor padded = Tensor.Concat([next, Never(next, batch, 2)], 1), skipped = Tensor.Concat([allowed, Never(next, batch, 2)], 1);
        return Tensor.Stack([next, padded.Slice(1, 1, states), skipped.Slice(1, 2, states)], -1).LogSumExp(-1);
    }

    // A blank may be left out between two labels, unless they are equal.
    private static Tensor Skips(Tensor labels, Tensor state)
    {
        (long batch, long states) = (state.Shape[0], state.Shape[1]);
        Tensor later = state > 1;
        if (states <= 2) return later;
        return later.And(Tensor.Concat([Tensor.Zeros([batch, 2], DType.Bool), labels.Slice(1, 2, states - 2).NotEqualTo(labels.Slice(1, 0, states - 2))], 1));
    }

    private static Tensor Never(Tensor like, long batch, long states) => Tensor.Full([batch, states], double.NegativeInfinity, like.DType);
}
