namespace ChainRule;

public sealed partial class Tensor
{
    // The coefficients of the diagonal Padé approximant of order 13, and up to which norm it is exact to rounding in float64.
    private static readonly double[] _pade =
    [
        64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600, 670442572800,
        33522128640, 1323241920, 40840800, 960960, 16380, 182, 1,
    ];

    private const double PadeNorm = 5.371920351148152;

    /// <summary>e^A = Σ Aⁱ/i! of a square matrix, by scaling and squaring (N. Higham 2005) in float64; leading axes are a batch.</summary>
    /// <exception cref="ShapeException">The matrix is not square.</exception>
    public Tensor MatrixExp()
    {
        Tensor x = Matrices.RequireSquare(this, nameof(MatrixExp));
        if (x.ElementCount == 0) return x;
        if (x.DType == DType.Float32) return x.To(DType.Float64).MatrixExp().To(DType.Float32);
        // e^A = (e^(A/2))². How often a matrix is halved is no part of the value; each decides for itself.
        Tensor norm = x.Detach().Abs().Sum(-2, keepDims: true).Max(-1, keepDims: true);
        Tensor factor = Ones(norm.Shape, x.DType), halvings = Zeros(norm.Shape, x.DType);
        int most = Recording.Inspect(norm, HalvingsOf);
        for (int i = 0; i < most; i++)
        {
            Tensor isLarge = norm * factor > PadeNorm;
            factor = Where(isLarge, factor * 0.5, factor);
            halvings = Where(isLarge, halvings + 1, halvings);
        }
        Tensor y = SmallMatrixExp(x * factor);
        for (int i = 0; i < most; i++)
            y = Where(halvings > i, y.MatMul(y), y);
        return y;
    }

    private static int HalvingsOf(Tensor norm)
    {
        int count = 0;
        for (double largest = norm.Max().Item<double>(); double.IsFinite(largest) && largest > PadeNorm; largest /= 2)
            count++;
        return count;
    }

    private static Tensor SmallMatrixExp(Tensor x)
    {
        Tensor one = Matrices.Identity(x), second = x.MatMul(x), fourth = second.MatMul(second), sixth = fourth.MatMul(second);
        Tensor Even(int from, Tensor high) =>
            sixth.MatMul(high) + sixth * _pade[from + 6] + fourth * _pade[from + 4] + second * _pade[from + 2] + one * _pade[from];
        Tensor odd = x.MatMul(Even(1, sixth * _pade[13] + fourth * _pade[11] + second * _pade[9]));
        Tensor even = Even(0, sixth * _pade[12] + fourth * _pade[10] + second * _pade[8]);
        return (even - odd).Solve(even + odd);
    }
}
