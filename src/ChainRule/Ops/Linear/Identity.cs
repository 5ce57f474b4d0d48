namespace ChainRule;

/// <summary>y = x as a step of its own on the tape (a name for one use of a value),  dy/dx = 1.</summary>
internal sealed record IdentityOp : ViewOp
{
    public static readonly IdentityOp Default = new();

    public override TensorSpec Infer(in Operands x) => x[0].Spec;

    public override Tensor? TryView(Tensor x, Shape shape) => x.Alias();

    protected override LinearOp? BehindLeadingAxis(long size, TensorSpec operand) => this;

    protected override Tensor Transpose(Tensor cotangent, Call call) => cotangent;
}
