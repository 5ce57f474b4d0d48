namespace ChainRule.Tests.Laws;

/// <summary>A call that hands out what its operation keeps and nothing else, and remembers what was read.</summary>
internal sealed class StrictCall(Application application) : Call
{
    public Keeps Read { get; private set; }

    public override Interpreter Interpreter => Interpreter.Eager;

    public override Tensor Output => Hand(Keeps.Output, application.Result);

    public override Tensor Input(int operand) => Hand(Keeps.Inputs, application.Operands[operand]);

    public override TensorSpec InputSpec(int operand) => application.Operands[operand].Spec;

    public override Tensor[] Through(Func<Tensor[], Tensor> composed, Tensor cotangent) =>
        Differentiate.Vjp(composed, [.. Enumerable.Range(0, application.Operands.Length).Select(Input)]).Pull(cotangent);

    public override Tensor Through(int operand, Func<Tensor, Tensor> composed, Tensor cotangent) =>
        Differentiate.Vjp(composed, Input(operand)).Pull(cotangent);

    private Tensor Hand(Keeps what, Tensor value)
    {
        Assert.True((application.Op.Keeps & what) != 0, $"{application.Op.Name} reads {what}, but keeps {application.Op.Keeps}.");
        Read |= what;
        return value;
    }
}
