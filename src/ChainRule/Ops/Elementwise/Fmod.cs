using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The remainder of the division of each pair that cuts off fractions, with the sign of the dividend, as C's fmod; exact.</summary>
    /// <exception cref="DivideByZeroException">Both are integers and a divisor is 0.</exception>
    public static Tensor Fmod(Tensor left, Tensor right)
    {
        RequireDivisors(left, right, nameof(Fmod));
        return FmodOp.Default.Apply(left, right);
    }

    /// <inheritdoc cref="Fmod(Tensor, Tensor)"/>
    public static Tensor Fmod(Tensor left, double right) => Fmod(left, Scalar(right, left));
}

/// <summary>y = a - b trunc(a/b),  dy/da = 1, dy/db = -trunc(a/b).</summary>
internal sealed record FmodOp() : BinaryOp<FmodOp.Body>(default(Body))
{
    public static readonly FmodOp Default = new();

    public override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y) => operand == 0 ? Partial.One : -((a - y) / b).Round();

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V> => V.Modulo(a, b);
    }
}
