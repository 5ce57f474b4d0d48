using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The solution x of A·x = b, A being this square matrix; leading axes are a batch and broadcast. Computed in float64.</summary>
    /// <param name="right">b: one vector, or a matrix with one right-hand side a column.</param>
    /// <param name="left">False solves x·A = b instead.</param>
    /// <exception cref="ShapeException">The matrix is not square or the sizes do not fit.</exception>
    /// <exception cref="SingularMatrixException">A matrix has no inverse; the message names it.</exception>
    public Tensor Solve(Tensor right, bool left = true)
    {
        ArgumentNullException.ThrowIfNull(right);
        Tensor a = Matrices.RequireSquare(this, nameof(Solve));
        if (right.Rank == 1)
            return (left ? a : a.T).Solve(right.Unsqueeze(1)).Squeeze(-1);
        Tensor b = Matrices.Require(right, nameof(Solve));
        if (b.Shape[left ? ^2 : ^1] != a.Shape[^1])
            throw new ShapeException($"Solve: a matrix of shape {Shape} and a right-hand side of shape {right.Shape} do not fit: order {a.Shape[^1]} meets {b.Shape[left ? ^2 : ^1]} {(left ? "rows" : "columns")}.");
        Matrices.Meet(ref a, ref b, nameof(Solve));
        return left ? SolveOp.Default.Apply(a, b) : SolveOp.Default.Apply(a.T, b.T).T;
    }
}

/// <summary>y = a⁻¹·b by the factors of a;  the cotangent c becomes d = a⁻ᵀ·c for b and -d·yᵀ for a.</summary>
internal sealed record SolveOp : MatrixOp<SolveOp.Body>
{
    public static readonly SolveOp Default = new();

    public override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    public override TensorSpec Infer(in Operands x) => x[1].Spec;

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent)
    {
        Tensor flow = Apply(call.Input(0).T, cotangent);
        return operand == 1 ? flow : -flow.MatMul(call.Output.T);
    }

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents)
    {
        Tensor? change = tangents[0] is { } matrix ? -matrix.MatMul(call.Output) : null;
        if (tangents[1] is { } right)
            change = change is null ? right : right + change;
        return Apply(call.Input(0), change!);
    }

    protected override Body Kernel(in Operands x) => new(x[0].Shape[^1], x[1].Shape[^1]);

    public readonly unsafe struct Body(long n, long columns) : IMatrixKernel
    {
        public long Invoke(double* a, double* b, double* y)
        {
            var work = new double[checked(n * n)];
            var order = new long[n];
            fixed (double* factors = work)
            fixed (long* rows = order)
            {
                new ReadOnlySpan<double>(a, work.Length).CopyTo(work);
                long singular = Lu.Factor(factors, n, rows, out _);
                if (singular < 0)
                    Lu.Solve(factors, n, rows, b, columns, y);
                return singular;
            }
        }
    }
}
