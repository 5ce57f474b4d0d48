using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// An operation on tensors: what comes out, how it is computed, and how a cotangent flows back through it.
/// Immutable; two of the same type and parameters are equal.
/// </summary>
internal abstract record Op
{
    private string? _name;

    /// <summary>The operation's plain name, as its method on <see cref="Tensor"/>.</summary>
    public string Name => _name ??= PlainName(GetType().Name);

    /// <summary>What the derivative reads of the forward pass.</summary>
    public virtual Keeps Keeps => Keeps.Nothing;

    /// <summary>False where the derivative is zero wherever it exists: nothing is recorded then.</summary>
    public virtual bool IsDifferentiable => true;

    /// <summary>The sign that formulas write between two operands, or before the only one; null for one that is written as a function.</summary>
    public virtual string? Sign => null;

    /// <summary>Shape and type of the result; throws if the operands do not fit. Reads no values.</summary>
    public abstract TensorSpec Infer(in Operands x);

    /// <summary>Computes into <paramref name="y"/>, which is contiguous and has the inferred shape and type.</summary>
    public abstract void Run(in Operands x, Tensor y);

    /// <summary>Is called instead of <see cref="Run"/> where memory is only counted: for one that remembers something from <see cref="Infer"/> to then.</summary>
    public virtual void Skip()
    {
    }

    /// <summary>The result, of the inferred shape, as a view of the operand's memory, or null if it must be computed.</summary>
    public virtual Tensor? TryView(Tensor x, Shape shape) => null;

    /// <summary>The operation on one contiguous tile of such operands, if each element of the result depends on the elements in its place alone; else null.</summary>
    public virtual TileKernel? Tile(in Operands x) => null;

    /// <summary>The cotangent of one operand, written in tensors; null where it is zero.</summary>
    public abstract Tensor? Vjp(int operand, Call call, Tensor cotangent);

    /// <summary>The cotangents of all operands, for an operation that computes them together; null for one after the other.</summary>
    public virtual Tensor?[]? VjpOfAll(Call call, Tensor cotangent) => null;

    /// <summary>The tangent of the result, written in tensors; null where it is zero. <paramref name="tangents"/> has one for each operand, or null.</summary>
    /// <remarks>An operation that states none gets its own from the reverse rule, which is linear in the cotangent and can be transposed.</remarks>
    public virtual Tensor? Jvp(ForwardCall call, Tensor?[] tangents) => call.TransposedVjp(tangents);

    /// <summary>The results for all examples of a batch, behind a new first axis. <paramref name="x"/> holds the batched operands with that axis, the others as they are.</summary>
    /// <remarks>An operation that states none is applied to one example after the other.</remarks>
    public virtual Tensor Batch(BatchedOperands x) => x.OneByOne(this);

    // The cached name is no part of what an operation is.
    public virtual bool Equals(Op? other) => other is not null && EqualityContract == other.EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();

    public Tensor Apply(Tensor x) => Interpreter.Apply(this, new Operands(x));

    public Tensor Apply(Tensor a, Tensor b) => Interpreter.Apply(this, new Operands(a, b));

    public Tensor Apply(Tensor a, Tensor b, Tensor c) => Interpreter.Apply(this, new Operands(a, b, c));

    public Tensor Apply(Tensor[] all) => Interpreter.Apply(this, Operands.Of(all));

    private static string PlainName(string type) => type.EndsWith("Op", StringComparison.Ordinal) ? type[..^2] : type;
}
