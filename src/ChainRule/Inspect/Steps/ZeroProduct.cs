using ChainRule.Autograd;

namespace ChainRule.Inspect;

/// <summary>Why a rule gave 0 though what flowed in was not: decided by the numbers that met in it.</summary>
internal sealed class ZeroProduct(StepRecording recording, StepEvent path, StepEvent forward)
{
    /// <summary>Of a rule that multiplies and adds: whether two numbers that are not 0 met at all, and whether their products rounded to 0 or cancelled.</summary>
    public string OfFactors()
    {
        using (new NoGrad())
        using (Recording.Pause())
        {
            if (IsZero(With(value => value.NotEqualTo(0).To(value.DType)))) return "zero factor";
            return IsZero(With(value => value.Abs())) ? "underflow" : "contributions cancel";
        }
    }

    /// <summary>Of a softmax: saturated if it has chosen, or gives all that is asked for a share of 0; else only its sum was asked for, which is 1.</summary>
    public string OfSoftmax()
    {
        double[] shares = Value(forward.Changes[0], forward.Number).ToArray<double>(), upstream = Upstream().ToArray<double>();
        bool hasChosen = Array.TrueForAll(shares, share => share is 0 or 1) && shares.Contains(0);
        return hasChosen || shares.Zip(upstream).All(pair => pair.First == 0 || pair.Second == 0) ? "saturated softmax" : "constant sum";
    }

    // The rule once more, with other numbers in the same places.
    private Tensor With(Func<Tensor, Tensor> change)
    {
        Tensor[] operands = [.. recording.OperandsOf(forward).Select(change)];
        var call = new Node(forward.Op!, Operands.Of(operands), forward.Op!.Apply(operands));
        Tensor upstream = change(Upstream());
        return (path.Op!.VjpOfAll(call, upstream) is { } all ? all[path.Operand] : path.Op.Vjp(path.Operand, call, upstream))!;
    }

    private Tensor Upstream() => Value(recording.TensorOf(forward.Node, StepTensorKind.Gradient)!.Id, path.Number);

    private Tensor Value(int tensor, int position) => recording.Version(tensor, position)!.ToTensor(recording.Tensors[tensor]);

    private static bool IsZero(Tensor tensor) => Array.TrueForAll(tensor.ToArray<double>(), value => value == 0);
}
