using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>
    /// The matrix product over the last axis of this tensor and the last but one of the other. Vectors (one axis) count as a row
    /// on the left and a column on the right; further axes are a batch and broadcast.
    /// </summary>
    /// <exception cref="ShapeException">The inner sizes differ, or an operand is a single number.</exception>
    public Tensor MatMul(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Tensor a = this, b = other;
        if (a.Rank == 0 || b.Rank == 0)
            throw new ShapeException($"MatMul: shapes {a.Shape} and {b.Shape}: a single number is no matrix. Use * to scale.");
        long inner = a.Shape[^1], meets = b.Rank == 1 ? b.Shape[0] : b.Shape[^2];
        if (inner != meets)
            throw new ShapeException($"MatMul: shapes {a.Shape} and {b.Shape} do not fit: {inner} columns on the left meet {meets} rows on the right.");
        ElementType.Meet(ref a, ref b, takesIntegers: false);
        if (a.Rank == 1 && b.Rank == 1)
            return (a * b).Sum();
        if (a.Rank == 1)
            return a.Unsqueeze(0).MatMul(b).Squeeze(-2);
        if (b.Rank == 1)
            return a.MatMul(b.Unsqueeze(1)).Squeeze(-1);
        if (a.Rank == 2 && b.Rank == 2)
            return MatMulOp.Default.Apply(a, b);
        if (b.Rank == 2) // [..., m, k] x [k, n] is one tall product
            return MatMulOp.Default.Apply(a.Flatten(0, -2), b).Reshape(Shape.Create([.. a.Shape.Sizes[..^1], b.Shape[1]]));
        Shape batch = Shape.Broadcast(Shape.Create(a.Shape.Sizes[..^2]), Shape.Create(b.Shape.Sizes[..^2]), nameof(MatMul));
        return MatMulOp.Default.Apply(
            a.BroadcastTo(Shape.Create([.. batch.Sizes, .. a.Shape.Sizes[^2..]])),
            b.BroadcastTo(Shape.Create([.. batch.Sizes, .. b.Shape.Sizes[^2..]])));
    }
}

/// <summary>y = a·b for matrices, one for each place of equal leading axes;  the cotangent c becomes c·bᵀ and aᵀ·c.</summary>
internal sealed record MatMulOp : BilinearOp
{
    // Multiplications from which a product of a batch keeps all threads busy alone.
    private const long LargeProduct = 16 << 20;

    public static readonly MatMulOp Default = new();

    public override string Sign => "@";

    public override TensorSpec Infer(in Operands x)
    {
        Shape a = x[0].Shape, b = x[1].Shape;
        return new(a.With(a.Rank - 1, b[^1]), x[0].DType);
    }

    public override void Run(in Operands x, Tensor y)
    {
        if (y.ElementCount == 0) return; // the batch of nothing may be very large
        if (y.DType == DType.Float32)
            Run<float>(x[0], x[1], y);
        else
            Run<double>(x[0], x[1], y);
    }

    public override Tensor Batch(BatchedOperands x)
    {
        if (!x.IsBatched(1) && x[1].Rank == 2) // [batch, m, k] x [k, n] is one tall product
            return Apply(x[0].Flatten(0, 1), x[1]).Reshape(x.Size, x[0].Shape[1], x[1].Shape[1]);
        return Apply(x.Spread(0), x.Spread(1));
    }

    protected override Tensor TransposeLeft(Tensor cotangent, Tensor right) => Apply(cotangent, right.T);

    protected override Tensor TransposeRight(Tensor left, Tensor cotangent) => Apply(left.T, cotangent);

    private static unsafe void Run<T>(Tensor a, Tensor b, Tensor y) where T : unmanaged
    {
        int row = y.Rank - 2, column = y.Rank - 1;
        long m = y.Shape.Sizes[row], n = y.Shape.Sizes[column], k = a.Shape.Sizes[column];
        long[] left = a.Strides, right = b.Strides;
        long batch = Shape.Create(y.Shape.Sizes[..row]).ElementCount;
        fixed (byte* first = &a.Start, second = &b.Start, target = &y.Start)
        {
            var products = new Products<T>(y.Shape, m, n, k, (T*)first, left, (T*)second, right, (T*)target);
            // A large product is shared out by itself, small ones whole.
            if (batch == 1 || m * n * k > LargeProduct)
                products.Invoke(0, batch);
            else
                Units.Run(batch, m * n * Math.Max(k, 1), products);
        }
    }

    private readonly unsafe struct Products<T>(Shape shape, long m, long n, long k, T* a, long[] left, T* b, long[] right, T* y) : IRangeWork
        where T : unmanaged
    {
        public void Invoke(long start, long end)
        {
            int row = shape.Rank - 2, column = shape.Rank - 1;
            for (long i = start; i < end; i++)
                Gemm.Run(m, n, k, a + OffsetOf(i, shape, left), left[row], left[column], b + OffsetOf(i, shape, right), right[row], right[column], y + i * m * n, n);
        }
    }

    // Where the matrix of one place of the batch begins.
    private static long OffsetOf(long place, Shape shape, long[] strides)
    {
        long offset = 0;
        for (int i = shape.Rank - 3; i >= 0; i--)
        {
            offset += place % shape.Sizes[i] * strides[i];
            place /= shape.Sizes[i];
        }
        return offset;
    }
}
