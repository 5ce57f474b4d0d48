namespace ChainRule.Autograd;

/// <summary>Forward mode: runs each operation on the values and carries the tangents along.</summary>
internal sealed class Dual : Level
{
    public override string Name => "Jvp";

    /// <summary>A value together with its tangent.</summary>
    public Tensor Join(Tensor value, Tensor tangent)
    {
        Tensor joined = value.Alias();
        joined.Record = new DualRecord(this, value, tangent);
        return joined;
    }

    /// <summary>The tangent of a tensor; null where it is zero.</summary>
    public Tensor? Tangent(Tensor x) => x.Record is DualRecord record && ReferenceEquals(record.Interpreter, this) ? record.Tangent : null;

    public override Tensor Run(Op op, in Operands x)
    {
        RequireOpen(op);
        var values = new Tensor[x.Count];
        var tangents = new Tensor?[x.Count];
        for (int i = 0; i < values.Length; i++)
            (values[i], tangents[i]) = (Inner(x[i]), Tangent(x[i]));
        Tensor y = op.Apply(values);
        if (!op.IsDifferentiable || !y.DType.IsFloating()) return y;
        return op.Jvp(new DualCall(this, op, values, y), tangents) is { } tangent ? Join(y, tangent) : y;
    }

    /// <summary>The tangent that a tensor of this level carries.</summary>
    private sealed class DualRecord(Dual level, Tensor value, Tensor tangent) : LevelRecord(level, value)
    {
        public Tensor Tangent => tangent;

        public override string ToString() => "with a tangent";
    }
}
