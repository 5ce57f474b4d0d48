namespace ChainRule;

/// <summary>One operation by its own kernel.</summary>
internal sealed class OperationKernel(int node, Op op, Operands operands, Tensor result) : PlannedKernel([node])
{
    private readonly Operands _operands = operands;

    public override bool MayRunAlone => op is not CustomOp;

    public override void Run() => op.Run(_operands, result);
}
