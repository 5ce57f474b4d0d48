namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The product of a square matrix with itself, <paramref name="exponent"/> factors, by repeated squaring; of its inverse where that is negative.</summary>
    /// <exception cref="ShapeException">The matrix is not square.</exception>
    /// <exception cref="SingularMatrixException">The exponent is negative and the matrix has no inverse.</exception>
    public Tensor MatrixPower(int exponent)
    {
        Tensor x = Matrices.RequireSquare(this, nameof(MatrixPower));
        Tensor square = exponent < 0 ? x.Invertible(nameof(MatrixPower)) : x;
        Tensor? product = null;
        for (ulong left = (ulong)Math.Abs((long)exponent); left > 0; left >>= 1)
        {
            if ((left & 1) != 0)
                product = product is null ? square : product.MatMul(square);
            if (left > 1)
                square = square.MatMul(square);
        }
        return product ?? Matrices.Identity(x).BroadcastTo(x.Shape);
    }

    private Tensor Invertible(string operation)
    {
        try
        {
            return Inverse();
        }
        catch (SingularMatrixException found)
        {
            throw new SingularMatrixException($"{operation}: a negative exponent asks for the inverse. {found.Message}", found);
        }
    }
}
