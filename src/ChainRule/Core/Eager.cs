namespace ChainRule;

/// <summary>Computes each operation at once, in memory of its own or as a view.</summary>
internal sealed class Eager : Interpreter
{
    public override Tensor Run(Op op, in Operands x)
    {
        TensorSpec spec = op.Infer(x);
        if (op.TryView(x[0], spec.Shape) is { } view)
            return view;
        Tensor y = Tensor.Uninitialized(spec.Shape, spec.DType);
        if (y.Storage.IsCountedOnly || TensorMemory.IsCountedOnly(x))
            op.Skip();
        else
            op.Run(x, y);
        x.KeepAlive();
        return y;
    }
}
