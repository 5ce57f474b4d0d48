namespace ChainRule;

/// <summary>
/// A function whose derivative someone else states: y = Forward(x);  the cotangent c becomes Backward(x, y, c). Made anew for each application.
/// </summary>
/// <param name="OperandCount">How many operands there are.</param>
/// <param name="Forward">Computes the result; it is not recorded.</param>
/// <param name="Backward">Gives one cotangent for each operand, null for zero, in tensors and linear in the cotangent that comes in.</param>
internal sealed record CustomOp(int OperandCount, Func<Tensor[], Tensor> Forward, Func<Tensor[], Tensor, Tensor, Tensor?[]> Backward) : Op
{
    // Infer has to compute the result to know its shape; Run takes it over.
    private (Tensor[] Operands, Tensor Result)? _inferred;

    // Backward gives the cotangents of all operands at once, but is asked for one after the other.
    private (Call Call, Tensor Cotangent, bool IsRecorded, Tensor?[] Flows)? _last;

    public override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    public override TensorSpec Infer(in Operands x)
    {
        Tensor[] operands = All(x);
        Tensor y = Compute(operands);
        _inferred = (operands, y);
        return y.Spec;
    }

    public override void Run(in Operands x, Tensor y)
    {
        Tensor[] operands = All(x);
        bool isInferred = _inferred is { } known && known.Operands.AsSpan().SequenceEqual(operands, ReferenceEqualityComparer.Instance);
        TensorMemory.Copy(isInferred ? _inferred!.Value.Result : Compute(operands), y);
        _inferred = null;
    }

    public override void Skip() => _inferred = null;

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent)
    {
        bool isRecorded = Interpreter.IsRecording;
        if (_last is { } last && ReferenceEquals(last.Call, call) && ReferenceEquals(last.Cotangent, cotangent) && last.IsRecorded == isRecorded)
            return last.Flows[operand];
        var inputs = new Tensor[OperandCount];
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = call.Input(i);
        Tensor?[] flows = Backward(inputs, call.Output, cotangent);
        _last = (call, cotangent, isRecorded, flows);
        return flows[operand];
    }

    public bool Equals(CustomOp? other) =>
        other is not null && (OperandCount, Forward, Backward) == (other.OperandCount, other.Forward, other.Backward);

    public override int GetHashCode() => HashCode.Combine(OperandCount, Forward, Backward);

    private static Tensor[] All(in Operands x)
    {
        var all = new Tensor[x.Count];
        for (int i = 0; i < all.Length; i++)
            all[i] = x[i];
        return all;
    }

    private Tensor Compute(Tensor[] operands)
    {
        bool wasRecording = Interpreter.IsRecording;
        Interpreter.IsRecording = false;
        try
        {
            using (Recording.Pause())
                return Forward([.. operands]);
        }
        finally
        {
            Interpreter.IsRecording = wasRecording;
        }
    }
}
