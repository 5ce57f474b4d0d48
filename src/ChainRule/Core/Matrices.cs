namespace ChainRule;

/// <summary>What the operations on matrices ask of their operands, and the parts of matrices that their rules are written in.</summary>
internal static class Matrices
{
    /// <summary>The tensor in a floating type; it must have at least two axes.</summary>
    public static Tensor Require(Tensor x, string operation)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank < 2)
            throw new ShapeException($"{operation}: shape {x.Shape} is no matrix: it needs at least two axes.");
        return ElementType.Prepare(x, takesIntegers: false);
    }

    /// <summary>The tensor in a floating type; its last two sizes must be equal.</summary>
    public static Tensor RequireSquare(Tensor x, string operation)
    {
        x = Require(x, operation);
        if (x.Shape[^1] != x.Shape[^2])
            throw new ShapeException($"{operation}: shape {x.Shape} is not square: {x.Shape[^2]} rows and {x.Shape[^1]} columns.");
        return x;
    }

    /// <summary>Gives both operands the same leading axes and the same type.</summary>
    public static void Meet(ref Tensor a, ref Tensor b, string operation)
    {
        ElementType.Meet(ref a, ref b, takesIntegers: false);
        Shape batch = Shape.Broadcast(Leading(a), Leading(b), operation);
        a = a.BroadcastTo(Shape.Create([.. batch.Sizes, .. a.Shape.Sizes[^2..]]));
        b = b.BroadcastTo(Shape.Create([.. batch.Sizes, .. b.Shape.Sizes[^2..]]));
    }

    /// <summary>The axes before the last two.</summary>
    public static Shape Leading(Tensor x) => Shape.Create(x.Shape.Sizes[..^2]);

    /// <summary>The shape with other last axes.</summary>
    public static Shape WithLast(Shape shape, int gone, params ReadOnlySpan<long> sizes) => Shape.Create([.. shape.Sizes[..^gone], .. sizes]);

    /// <summary>The elements on and below the diagonal, zeros elsewhere.</summary>
    public static Tensor Lower(Tensor x) => Masked(x, Rows(x) >= Columns(x));

    /// <summary>The elements below the diagonal, zeros elsewhere.</summary>
    public static Tensor StrictlyLower(Tensor x) => Masked(x, Rows(x) > Columns(x));

    /// <summary>The elements on and above the diagonal, zeros elsewhere.</summary>
    public static Tensor Upper(Tensor x) => Masked(x, Rows(x) <= Columns(x));

    /// <summary>The elements above the diagonal, zeros elsewhere.</summary>
    public static Tensor StrictlyUpper(Tensor x) => Masked(x, Rows(x) < Columns(x));

    /// <summary>The lower triangle with half its diagonal, so that this and its transpose add up to a symmetric matrix.</summary>
    public static Tensor HalfLower(Tensor x) => (Lower(x) + StrictlyLower(x)) * 0.5;

    /// <summary>Half the sum of the matrix and its transpose.</summary>
    public static Tensor Symmetric(Tensor x) => (x + x.T) * 0.5;

    /// <summary>The diagonals of square matrices: [..., n, n] to [..., n].</summary>
    public static Tensor Diagonal(Tensor x) => x.Flatten(-2, -1).Slice(-1, 0, x.Shape[^1], x.Shape[^1] + 1);

    /// <summary>Square matrices with these diagonals and exact zeros elsewhere: [..., n] to [..., n, n].</summary>
    public static Tensor FromDiagonal(Tensor x)
    {
        Tensor across = x.Unsqueeze(-1).BroadcastTo(WithLast(x.Shape, 0, x.Shape[^1]));
        return Masked(across, Rows(across).EqualTo(Columns(across)));
    }

    /// <summary>1 / x, but 0 where x is 0.</summary>
    public static Tensor SafeReciprocal(Tensor x)
    {
        Tensor isZero = x.EqualTo(0);
        return Tensor.Where(isZero, 0, Tensor.Where(isZero, 1, x).Reciprocal());
    }

    /// <summary>The sum of the products of all elements of two matrices, with two last axes of size 1.</summary>
    public static Tensor Inner(Tensor a, Tensor b) => (a * b).Sum([-2, -1], keepDims: true);

    /// <summary>Identity matrices of the tensor's order and type.</summary>
    public static Tensor Identity(Tensor x) => Tensor.Eye(x.Shape[^1], dtype: x.DType);

    private static Tensor Masked(Tensor x, Tensor mask) => Tensor.Where(mask, x, Tensor.ConstantLike(0, x));

    private static Tensor Rows(Tensor x) => Tensor.Arange(0, x.Shape[^2], 1, DType.Int64).Unsqueeze(1);

    private static Tensor Columns(Tensor x) => Tensor.Arange(0, x.Shape[^1], 1, DType.Int64);
}
