using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// The cotangents of the inputs, of U and of the first h and c of an LSTM, one behind the other along one axis, from its <see cref="LstmTraceOp"/>, U, the first
/// states, and the cotangents of every h and of the last c: back through time with dc += dh⊙o⊙(1 - tanh² c), and then dc⊙g⊙i(1 - i),
/// dc⊙c'⊙f(1 - f), dc⊙i⊙(1 - g²) and dh⊙tanh c⊙o(1 - o) for the inputs of the gates;  its own derivative is that of these formulas.
/// </summary>
internal sealed record LstmSlopeOp(bool Reverse) : FusedOp
{
    public override TensorSpec Infer(in Operands x)
    {
        Shape trace = x[0].Shape;
        return new(Shape.Create([checked(4 * trace[1] * trace[2] * trace[3] + x[1].ElementCount + 2 * trace[2] * trace[3])]), x[0].DType);
    }

    public override void Run(in Operands x, Tensor y)
    {
        if (y.ElementCount == 0) return;
        Tensor trace = x[0].ToContiguous(), hidden = x[2].ToContiguous(), cell = x[3].ToContiguous(), flow = x[4].ToContiguous();
        if (y.DType == DType.Float32)
            Run<float>(trace, x[1], hidden, cell, flow, y);
        else
            Run<double>(trace, x[1], hidden, cell, flow, y);
        GC.KeepAlive(trace);
        GC.KeepAlive(hidden);
        GC.KeepAlive(cell);
        GC.KeepAlive(flow);
    }

    protected override Tensor Composed(Tensor[] x)
    {
        (Tensor trace, Tensor weight, Tensor flow) = (x[0], x[1], x[4]);
        LstmSizes sizes = LstmTraceOp.Sizes(trace.Shape, Reverse);
        Tensor dh = Tensor.Zeros(x[2].Shape, x[2].DType), dc = flow[sizes.Time], dw = Tensor.Zeros(weight.Shape, weight.DType);
        var inputs = new Tensor[sizes.Time];
        for (long step = sizes.Time - 1; step >= 0; step--)
        {
            long at = sizes.At(step);
            Tensor i = trace[0][at], f = trace[1][at], g = trace[2][at], o = trace[3][at], tanh = trace[4][at].Tanh();
            (Tensor before, Tensor cell) = step == 0 ? (x[2], x[3]) : (trace[5][sizes.At(step - 1)], trace[4][sizes.At(step - 1)]);
            dh = flow[at] + dh;
            dc += dh * o * (1 - tanh.Square());
            inputs[at] = Tensor.Concat([dc * g * (i * (1 - i)), dc * cell * (f * (1 - f)), dc * i * (1 - g.Square()), dh * tanh * (o * (1 - o))], -1);
            dw += inputs[at].T.MatMul(before);
            dh = inputs[at].MatMul(weight);
            dc *= f;
        }
        return Tensor.Concat([.. inputs.Select(step => step.Flatten()), dw.Flatten(), dh.Flatten(), dc.Flatten()]);
    }

    private unsafe void Run<T>(Tensor trace, Tensor weight, Tensor hidden, Tensor cell, Tensor flow, Tensor y) where T : unmanaged
    {
        LstmSizes sizes = LstmTraceOp.Sizes(trace.Shape, Reverse);
        fixed (byte* kept = &trace.Start, w = &weight.Start, h = &hidden.Start, c = &cell.Start, flows = &flow.Start, target = &y.Start)
        {
            T* inputs = (T*)target, weightFlow = inputs + 4 * sizes.Plane, hiddenFlow = weightFlow + weight.ElementCount, cellFlow = hiddenFlow + sizes.Step;
            var view = new MatrixView<T>((T*)w, weight.Strides[0], weight.Strides[1], 0);
            LstmSequence<SigmoidOp.Body, TanhOp.Body>.Backward(sizes, (T*)kept, view, (T*)h, (T*)c, (T*)flows, inputs, weightFlow, hiddenFlow, cellFlow);
        }
    }
}
