using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>Whether the elements of both are equal, one by one; NaN equals nothing, -0 equals +0.</summary>
    /// <remarks>The operator == compares references, as for other classes.</remarks>
    public Tensor EqualTo(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Shape.Broadcast(Shape, other.Shape, nameof(EqualTo));
        return EqualOp.Default.Apply(this, other);
    }

    /// <inheritdoc cref="EqualTo(Tensor)"/>
    public Tensor EqualTo(double other) => EqualOp.Default.Apply(this, Scalar(other, this));

    /// <summary>Whether the elements of both differ, one by one; NaN differs from everything.</summary>
    public Tensor NotEqualTo(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Shape.Broadcast(Shape, other.Shape, nameof(NotEqualTo));
        return EqualTo(other).Not();
    }

    /// <inheritdoc cref="NotEqualTo(Tensor)"/>
    public Tensor NotEqualTo(double other) => EqualTo(other).Not();
}

/// <summary>y = (a = b), as bool.</summary>
internal sealed record EqualOp() : CompareOp<EqualOp.Body>(default(Body))
{
    public static readonly EqualOp Default = new();

    public override string Sign => "=";

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V> => V.Equal(a, b);
    }
}
