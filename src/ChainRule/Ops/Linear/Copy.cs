namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>A copy with memory of its own, contiguous.</summary>
    public Tensor Clone() => CopyOp.Default.Apply(this);

    /// <summary>This tensor if its elements lie in row-major order, else a copy that does.</summary>
    public Tensor Contiguous() => IsContiguous ? this : Clone();
}

/// <summary>y = x in memory of its own,  dy/dx = 1.</summary>
internal sealed record CopyOp : LinearOp
{
    public static readonly CopyOp Default = new();

    public override TensorSpec Infer(in Operands x) => x[0].Spec;

    public override void Run(in Operands x, Tensor y) => TensorMemory.Copy(x[0], y);

    protected override LinearOp? BehindLeadingAxis(long size, TensorSpec operand) => this;

    protected override Tensor Transpose(Tensor cotangent, Call call) => cotangent;
}
