using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// y = every h of an LSTM and behind them the last c, [time + 1, batch, hidden]: what the <see cref="LstmTraceOp"/> says, which is the first operand and made
/// of the others;  the cotangents go straight to the inputs, the weight and the first states: <see cref="LstmSlopeOp"/>.
/// </summary>
internal sealed record LstmStatesOp(bool Reverse) : Op
{
    public override Keeps Keeps => Keeps.Inputs;

    public override TensorSpec Infer(in Operands x) => new(Shape.Create([x[0].Shape[1] + 1, x[0].Shape[2], x[0].Shape[3]]), x[0].DType);

    public override void Run(in Operands x, Tensor y)
    {
        LstmSizes sizes = LstmTraceOp.Sizes(x[0].Shape, Reverse);
        TensorMemory.Copy(x[0][5], y.Slice(0, 0, sizes.Time));
        TensorMemory.Copy(sizes.Time == 0 ? x[4] : x[0][4][sizes.At(sizes.Time - 1)], y[sizes.Time]);
    }

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent) => VjpOfAll(call, cotangent)[operand];

    public override Tensor?[] VjpOfAll(Call call, Tensor cotangent)
    {
        Tensor[] operands = [call.Input(0), call.Input(2), call.Input(3), call.Input(4), cotangent];
        Tensor packed = new LstmSlopeOp(Reverse).Apply(operands);
        var flows = new Tensor?[5];
        long start = 0;
        for (int i = 1; i < flows.Length; i++)
        {
            Shape shape = call.InputSpec(i).Shape;
            flows[i] = packed.Slice(0, start, shape.ElementCount).Reshape(shape);
            start += shape.ElementCount;
        }
        return flows;
    }
}
