namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The same values without their history: no gradient flows through it. Shares memory.</summary>
    public Tensor Detach() => DetachOp.Default.Apply(this);
}

/// <summary>The same values, through which no gradient flows.</summary>
internal sealed record DetachOp : ZeroOp
{
    public static readonly DetachOp Default = new();

    public override TensorSpec Infer(in Operands x) => x[0].Spec;

    public override Tensor? TryView(Tensor x, Shape shape) => x.Alias();

    public override Tensor Batch(BatchedOperands x) => Apply(x[0]);

    public override void Run(in Operands x, Tensor y) => TensorMemory.Copy(x[0], y);
}
