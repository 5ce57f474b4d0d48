namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>Whether both are true; operands must be bool.</summary>
    public Tensor And(Tensor other) => Choose(Truth(this, nameof(And)), Truth(other, nameof(And)), ConstantLike(0, this), nameof(And));

    /// <summary>Whether at least one is true; operands must be bool.</summary>
    public Tensor Or(Tensor other) => Choose(Truth(this, nameof(Or)), ConstantLike(1, this), Truth(other, nameof(Or)), nameof(Or));

    /// <summary>Whether exactly one is true; operands must be bool.</summary>
    public Tensor Xor(Tensor other) => Choose(Truth(this, nameof(Xor)), Truth(other, nameof(Xor)).Not(), other, nameof(Xor));

    /// <summary>The opposite of each truth value.</summary>
    public Tensor Not() => Choose(Truth(this, nameof(Not)), ConstantLike(0, this), ConstantLike(1, this), nameof(Not));

    private static Tensor Truth(Tensor x, string operation)
    {
        ArgumentNullException.ThrowIfNull(x, "other");
        return x.DType == DType.Bool ? x : throw new DTypeException($"{operation}: an operand is {x.DType.Lower()}{x.Shape}, but must be bool. Compare it with something: x > 0.");
    }
}
