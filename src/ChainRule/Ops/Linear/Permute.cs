namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The matrix transposed; with more axes, the last two exchanged. A view.</summary>
    public Tensor T => Rank >= 2 ? Transpose(-2, -1) : this;

    /// <summary>Reorders the axes: axis i of the result is axis <paramref name="order"/>[i] of this tensor. A view.</summary>
    /// <exception cref="ShapeException">Not every axis appears once.</exception>
    public Tensor Permute(params ReadOnlySpan<int> order)
    {
        var axes = new int[order.Length];
        uint seen = 0;
        for (int i = 0; i < order.Length; i++)
        {
            axes[i] = Shape.Axis(order[i], nameof(Permute));
            seen |= 1u << axes[i];
        }
        if (order.Length != Rank || System.Numerics.BitOperations.PopCount(seen) != Rank)
            throw new ShapeException($"Permute: [{string.Join(", ", order.ToArray())}] must name each of the {Rank} axes of shape {Shape} once.");
        return new PermuteOp([.. axes]).Apply(this);
    }

    /// <summary>Moves one axis to another place; the others keep their order. A view.</summary>
    public Tensor MoveAxis(int from, int to)
    {
        (from, to) = (Shape.Axis(from, nameof(MoveAxis)), Shape.Axis(to, nameof(MoveAxis)));
        if (from == to) return this;
        var order = Enumerable.Range(0, Rank).ToList();
        order.RemoveAt(from);
        order.Insert(to, from);
        return Permute([.. order]);
    }

    /// <summary>Exchanges two axes. A view.</summary>
    public Tensor Transpose(int first, int second)
    {
        (first, second) = (Shape.Axis(first, nameof(Transpose)), Shape.Axis(second, nameof(Transpose)));
        return PermuteOp.Exchange(Rank, first, second).Apply(this);
    }
}

/// <summary>Axis i of y is axis Order[i] of x;  its transpose is the inverse order.</summary>
internal sealed record PermuteOp(Shape Order) : ViewOp
{
    private static readonly PermuteOp _matrix = new([1, 0]);

    /// <summary>The order in which two axes have changed places; made once for matrices.</summary>
    public static PermuteOp Exchange(int rank, int first, int second)
    {
        if (rank == 2 && first != second) return _matrix;
        var order = new long[rank];
        for (int i = 0; i < rank; i++)
            order[i] = i;
        (order[first], order[second]) = (second, first);
        return new PermuteOp(order);
    }

    public override TensorSpec Infer(in Operands x)
    {
        Span<long> sizes = stackalloc long[Order.Rank];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = x[0].Shape.Sizes[(int)Order.Sizes[i]];
        return new(Shape.Create(sizes), x[0].DType);
    }

    public override Tensor? TryView(Tensor x, Shape shape)
    {
        var strides = new long[Order.Rank];
        for (int i = 0; i < strides.Length; i++)
            strides[i] = x.Strides[(int)Order.Sizes[i]];
        return x.View(shape, strides, x.Offset);
    }

    protected override LinearOp? BehindLeadingAxis(long size, TensorSpec operand) => new PermuteOp([0, .. Order.Select(axis => axis + 1)]);

    protected override Tensor Transpose(Tensor cotangent, Call call)
    {
        if (ReferenceEquals(this, _matrix)) return Apply(cotangent);
        var inverse = new long[Order.Rank];
        for (int i = 0; i < inverse.Length; i++)
            inverse[(int)Order.Sizes[i]] = i;
        return new PermuteOp(inverse).Apply(cotangent);
    }
}
