using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>Elements of <paramref name="yes"/> where the condition is true, of <paramref name="no"/> elsewhere; all three broadcast.</summary>
    /// <remarks>The branch not taken gets a gradient of exactly 0.</remarks>
    /// <exception cref="DTypeException">The condition is not of type bool.</exception>
    public static Tensor Where(Tensor condition, Tensor yes, Tensor no)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(yes);
        ArgumentNullException.ThrowIfNull(no);
        if (condition.DType != DType.Bool)
            throw new DTypeException($"Where: the condition is {condition.DType.Lower()}{condition.Shape}, but must be bool. Compare it with something: x > 0.");
        if (yes.DType != no.DType)
            ElementType.Meet(ref yes, ref no, takesIntegers: true);
        return Choose(condition, yes, no, nameof(Where));
    }

    /// <inheritdoc cref="Where(Tensor, Tensor, Tensor)"/>
    public static Tensor Where(Tensor condition, Tensor yes, double no) => Where(condition, yes, Scalar(no, yes));

    /// <inheritdoc cref="Where(Tensor, Tensor, Tensor)"/>
    public static Tensor Where(Tensor condition, double yes, Tensor no) => Where(condition, Scalar(yes, no), no);

    // The same for a condition of bool and branches of one type.
    private static Tensor Choose(Tensor condition, Tensor yes, Tensor no, string operation)
    {
        Broadcasting.Meet(ref yes, ref no, operation);
        Shape shape = Shape.Broadcast(condition.Shape, yes.Shape, operation);
        return WhereOp.Default.Apply(condition.BroadcastTo(shape), yes.BroadcastTo(shape), no.BroadcastTo(shape));
    }
}

/// <summary>y = a where the mask is set, else b;  dy/da = the mask, dy/db = its complement.</summary>
internal sealed record WhereOp : Op
{
    public static readonly WhereOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    public override TensorSpec Infer(in Operands x) => x[1].Spec;

    public override void Run(in Operands x, Tensor y)
    {
        switch (y.DType.Size())
        {
            case 1: Run<byte>(x[0], x[1], x[2], y); break;
            case 4: Run<float>(x[0], x[1], x[2], y); break;
            default: Run<double>(x[0], x[1], x[2], y); break;
        }
    }

    public override TileKernel Tile(in Operands x) => x[1].DType.Size() switch
    {
        1 => new SelectTile<byte>(),
        4 => new SelectTile<float>(),
        _ => new SelectTile<double>(),
    };

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent)
    {
        Tensor mask = call.Input(0), zero = Tensor.ConstantLike(0, cotangent);
        return operand switch
        {
            1 => Apply(mask, cotangent, zero),
            2 => Apply(mask, zero, cotangent),
            _ => null,
        };
    }

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents)
    {
        if (tangents[1] is null && tangents[2] is null) return null;
        Tensor zero = Tensor.ConstantLike(0, call.Output);
        return Apply(call.Input(0), tangents[1] ?? zero, tangents[2] ?? zero);
    }

    public override Tensor Batch(BatchedOperands x) => Apply(x.Spread(0), x.Spread(1), x.Spread(2));

    private static unsafe void Run<T>(Tensor mask, Tensor yes, Tensor no, Tensor y) where T : unmanaged
    {
        fixed (byte* bits = &mask.Start, left = &yes.Start, right = &no.Start, target = &y.Start)
        {
            Elementwise.Select(
                new Strided<byte>(bits, mask.Shape.Sizes, mask.ViewStrides),
                new Strided<T>((T*)left, yes.Shape.Sizes, yes.ViewStrides),
                new Strided<T>((T*)right, no.Shape.Sizes, no.ViewStrides),
                (T*)target);
        }
    }
}
