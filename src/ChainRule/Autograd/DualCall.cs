namespace ChainRule.Autograd;

/// <summary>One application of an operation in forward mode.</summary>
internal sealed class DualCall(Dual level, Op op, Tensor[] values, Tensor output) : ForwardCall
{
    public override Interpreter Interpreter => level;

    public override Tensor Output => output;

    public override Tensor Input(int operand) => values[operand];

    public override TensorSpec InputSpec(int operand) => values[operand].Spec;

    public override Tensor[] Through(Func<Tensor[], Tensor> composed, Tensor cotangent) =>
        Differentiate.Through(composed, values, cotangent, below: level.Number);

    public override Tensor Through(int operand, Func<Tensor, Tensor> composed, Tensor cotangent) =>
        Differentiate.Through(x => composed(x[0]), [values[operand]], cotangent, below: level.Number)[0];

    public override Tensor? TransposedVjp(Tensor?[] tangents)
    {
        // vjp(u) = Jᵀu is linear in u, whatever u is. So Σ (Jᵀu)·t, differentiated by u, is J t.
        bool wasRecording = Interpreter.IsRecording;
        Interpreter.IsRecording = true;
        try
        {
            Tensor cotangent = Leaf.Of(Tensor.Zeros(output.Shape, output.DType), below: level.Number, isRecorded: false);
            Tensor? sum = null;
            Tensor?[]? all = op.VjpOfAll(this, cotangent);
            for (int i = 0; i < values.Length; i++)
            {
                if (tangents[i] is not { } tangent || (all is null ? op.Vjp(i, this, cotangent) : all[i]) is not { } flow) continue;
                Tensor product = (flow * tangent).Sum();
                sum = sum is null ? product : sum + product;
            }
            return sum is null ? null : Pullback.Run(sum, null, [cotangent], createGraph: wasRecording)[0];
        }
        finally
        {
            Interpreter.IsRecording = wasRecording;
        }
    }
}
