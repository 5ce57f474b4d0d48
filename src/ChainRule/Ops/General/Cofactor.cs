using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// y[i, j] = (-1)^(i+j)·det(x without row i and column j), the derivative of the determinant, for singular matrices too. Its own
/// derivative is made of the cofactors of the minors, up to order 8; beyond, of det x, by which it divides.
/// </summary>
internal sealed record CofactorOp : MatrixOp<CofactorOp.Body>
{
    public static readonly CofactorOp Default = new();

    // n² minors of (n-1)² elements: half a megabyte at this order, and cheaper than being wrong where det x = 0.
    private const long MostMinors = 8;

    public override Keeps Keeps => Keeps.Inputs;

    public override TensorSpec Infer(in Operands x) => x[0].Spec;

    // The second derivative of the determinant is symmetric: backwards and forwards are the same.
    public override Tensor? Vjp(int operand, Call call, Tensor cotangent) => Along(call.Input(0), cotangent);

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents) => Along(call.Input(0), tangents[0]!);

    protected override Body Kernel(in Operands x) => new(x[0].Shape[^1]);

    private Tensor Along(Tensor x, Tensor direction)
    {
        if (x.Shape[^1] <= MostMinors)
            return ByMinors(x, direction);
        Tensor cofactors = Apply(x);
        Tensor determinant = x.Det().Unsqueeze(-1).Unsqueeze(-1);
        return (Matrices.Inner(cofactors, direction) * cofactors - cofactors.MatMul(direction.T).MatMul(cofactors)) / determinant;
    }

    private Tensor ByMinors(Tensor x, Tensor direction)
    {
        long n = x.Shape[^1];
        int last = x.Rank - 2;
        Tensor positions = MinorPositions(n), signs = Signs(n, x.DType);
        Tensor minors = x.Flatten(-2, -1).Take(positions, last); // [..., n, n, n - 1, n - 1]
        Tensor flow = Apply(minors) * (direction * signs).Unsqueeze(-1).Unsqueeze(-1);
        Tensor flat = flow.Reshape(Matrices.WithLast(x.Shape, 2, positions.ElementCount));
        return new AddAtOp(last, n * n).Apply(flat, positions.Flatten()).Reshape(x.Shape);
    }

    // Where in a flat matrix of order n the elements of its n² minors lie.
    private static Tensor MinorPositions(long n)
    {
        long side = Math.Max(n - 1, 0);
        var positions = new long[n * n * side * side];
        long at = 0;
        for (long i = 0; i < n * n; i++)
        {
            for (long j = 0; j < side * side; j++)
            {
                (long row, long column) = (j / side, j % side);
                positions[at++] = (row + (row >= i / n ? 1 : 0)) * n + column + (column >= i % n ? 1 : 0);
            }
        }
        return Tensor.From(positions, [n, n, side, side]);
    }

    private static Tensor Signs(long n, DType dtype)
    {
        var signs = new double[n * n];
        for (long i = 0; i < signs.Length; i++)
            signs[i] = (i / n + i % n) % 2 == 0 ? 1 : -1;
        return Tensor.From(signs, [n, n]).To(dtype);
    }

    public readonly unsafe struct Body(long n) : IMatrixKernel
    {
        public long Invoke(double* a, double* b, double* y)
        {
            Cofactors.Run(a, n, y);
            return -1;
        }
    }
}
