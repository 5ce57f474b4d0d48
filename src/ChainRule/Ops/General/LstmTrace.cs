using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// y = i, f, g, o, c and h of every step of an LSTM, each [time, batch, hidden], one below the other: of inputs x·Wᵀ + b [time, batch, 4·hidden], U
/// [4·hidden, hidden], and the first h and c;  its derivative is that of the steps.
/// </summary>
internal sealed record LstmTraceOp(bool Reverse) : FusedOp
{
    public override TensorSpec Infer(in Operands x) =>
        new(Shape.Create([LstmSizes.Planes, x[0].Shape[0], x[0].Shape[1], x[1].Shape[1]]), x[0].DType);

    public override void Run(in Operands x, Tensor y)
    {
        if (y.ElementCount == 0) return;
        Tensor inputs = x[0].ToContiguous(), hidden = x[2].ToContiguous(), cell = x[3].ToContiguous();
        if (y.DType == DType.Float32)
            Run<float>(inputs, x[1], hidden, cell, y);
        else
            Run<double>(inputs, x[1], hidden, cell, y);
        GC.KeepAlive(inputs);
        GC.KeepAlive(hidden);
        GC.KeepAlive(cell);
    }

    public static LstmSizes Sizes(Shape trace, bool reverse) => new(trace[1], trace[2], trace[3], reverse);

    protected override Tensor Composed(Tensor[] x)
    {
        (Tensor inputs, Tensor across, Tensor hidden, Tensor cell) = (x[0], x[1].T, x[2], x[3]);
        long time = inputs.Shape[0], size = x[1].Shape[1];
        if (time == 0)
            return Tensor.Zeros([LstmSizes.Planes, 0, inputs.Shape[1], size], inputs.DType);
        var steps = new Tensor[time];
        for (long step = 0; step < time; step++)
        {
            long at = Reverse ? time - 1 - step : step;
            Tensor gates = inputs[at] + hidden.MatMul(across);
            Tensor Part(int gate) => gates.Slice(-1, gate * size, size);
            Tensor i = Part(0).Sigmoid(), f = Part(1).Sigmoid(), g = Part(2).Tanh(), o = Part(3).Sigmoid();
            cell = f * cell + i * g;
            hidden = o * cell.Tanh();
            steps[at] = Tensor.Stack([i, f, g, o, cell, hidden]);
        }
        return Tensor.Stack(steps, 1);
    }

    private unsafe void Run<T>(Tensor inputs, Tensor weight, Tensor hidden, Tensor cell, Tensor y) where T : unmanaged
    {
        fixed (byte* x = &inputs.Start, w = &weight.Start, h = &hidden.Start, c = &cell.Start, target = &y.Start)
        {
            var view = new MatrixView<T>((T*)w, weight.Strides[0], weight.Strides[1], 0);
            LstmSequence<SigmoidOp.Body, TanhOp.Body>.Forward(Sizes(y.Shape, Reverse), (T*)x, view, (T*)h, (T*)c, (T*)target);
        }
    }
}
