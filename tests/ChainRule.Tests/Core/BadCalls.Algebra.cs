using static ChainRule.Tests.Core.BadCall;

namespace ChainRule.Tests.Core;

internal static partial class BadCalls
{
    private static IEnumerable<BadCall> MatrixProducts =>
    [
        .. NullArgument("Addmm", "left", () => Matrix.Addmm(None, Matrix)),
        .. NullArgument("Addmm", "right", () => Matrix.Addmm(Matrix, None)),
        .. Refused<ShapeException>("Addmm", ["Addmm", "[2, 3]"], () => Matrix.Addmm(Matrix, Matrix), () => Matrix.Addmm(Vector, Matrix), () => Matrix.Addmm(Matrix, Vector), () => Matrix.Addmm(Matrix, Matrix.T), () => Scalar.Addmm(Matrix, Nothing)),
        .. Refused<ShapeException>("Addmm", ["Addmm", "[2, 2]", "[3, 2, 2]"], () => Tensor.Zeros([3, 2, 2]).Addmm(Matrix, Matrix.T)),
        .. NullArgument("BatchedMatMul", "other", () => Cube.BatchedMatMul(None)),
        .. Refused<ShapeException>("BatchedMatMul", ["BatchedMatMul", "[2, 3, 4]"], () => Cube.BatchedMatMul(Cube), () => Cube.BatchedMatMul(Matrix), () => Matrix.BatchedMatMul(Cube), () => Cube.BatchedMatMul(Tensor.Zeros([3, 4, 2])), () => Cube.BatchedMatMul(Scalar), () => Cube.BatchedMatMul(Tensor.Zeros([2, 0, 4]))),
        .. NullArgument("Baddbmm", "left", () => Cube.Baddbmm(None, Cube)),
        .. NullArgument("Baddbmm", "right", () => Cube.Baddbmm(Cube, None)),
        .. Refused<ShapeException>("Baddbmm", ["Baddbmm", "[2, 3, 4]"], () => Cube.Baddbmm(Cube, Cube), () => Cube.Baddbmm(Matrix, Cube), () => Cube.Baddbmm(Cube, Matrix), () => Cube.Baddbmm(Cube, Cube.T), () => Cube.Baddbmm(Tensor.Zeros([5, 4, 3]), Cube)),
        .. NullArgument("Dot", "other", () => Vector.Dot(None)),
        .. Refused<ShapeException>("Dot", ["Dot", "[3]"], () => Vector.Dot(Matrix), () => Matrix.Dot(Vector), () => Vector.Dot(Tensor.Zeros([2])), () => Vector.Dot(Scalar), () => Vector.Dot(Nothing), () => Scalar.Dot(Vector)),
        .. NullArgument("Outer", "other", () => Vector.Outer(None)),
        .. Refused<ShapeException>("Outer", ["Outer", "not two vectors"], () => Vector.Outer(Matrix), () => Matrix.Outer(Vector), () => Vector.Outer(Scalar), () => Scalar.Outer(Scalar)),
        .. Refused<InsufficientMemoryException>("Outer", ["bytes"], () => Long(25).Outer(Long(25))),
        .. NullArgument("Kron", "other", () => Vector.Kron(None)),
        .. Refused<ShapeException>("Kron", ["Kron"], () => Tensor.Zeros([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]).Kron(Vector), () => Vector.Kron(Tensor.Zeros([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1])), () => Long(32).Kron(Long(32)), () => Tensor.Zeros([0, 1L << 32]).Kron(Long(32))),
        .. Refused<InsufficientMemoryException>("Kron", ["bytes"], () => Long(25).Kron(Long(25))),
        .. NullArgument("Tensordot", "other", () => Matrix.Tensordot(None), () => Matrix.Tensordot(None, 0, 0)),
        .. NullArgument("Tensordot", "axes", () => Matrix.Tensordot(Matrix, null!, 0)),
        .. NullArgument("Tensordot", "otherAxes", () => Matrix.Tensordot(Matrix, 0, null!)),
        .. Refused<ShapeException>("Tensordot", ["Tensordot", "[2, 3]"], () => Matrix.Tensordot(Vector), () => Matrix.Tensordot(Matrix, -1), () => Matrix.Tensordot(Matrix, 1), () => Matrix.Tensordot(Matrix, 3), () => Matrix.Tensordot(Matrix, 0, 1), () => Matrix.Tensordot(Matrix, [0, 1], 0), () => Matrix.Tensordot(Matrix, 2, 0), () => Matrix.Tensordot(Matrix, 0, -3)),
        .. Refused<ShapeException>("Tensordot", ["Tensordot", "twice"], () => Matrix.Tensordot(Matrix, [0, 0], [0, 1]), () => Matrix.Tensordot(Matrix, [0, 1], [1, -1])),
        .. NullArgument("Einsum", "equation", () => Tensor.Einsum(null!, Vector)),
        .. NullArgument("Einsum", "operands", () => Tensor.Einsum("i,i", Vector, None)),
        .. Refused<ArgumentException>("Einsum", ["Einsum"], () => Tensor.Einsum("i"), () => Tensor.Einsum("i,i", Vector), () => Tensor.Einsum("i", Vector, Vector), () => Tensor.Einsum("i->j", Vector), () => Tensor.Einsum("i->ii", Vector), () => Tensor.Einsum("1", Vector), () => Tensor.Einsum("i->i->i", Vector), () => Tensor.Einsum("..i", Vector), () => Tensor.Einsum("i-", Vector), () => Tensor.Einsum("\u00e9", Vector)),
        .. Refused<ShapeException>("Einsum", ["Einsum"], () => Tensor.Einsum("ij", Vector), () => Tensor.Einsum("", Vector), () => Tensor.Einsum("i,i", Vector, Tensor.Zeros([2])), () => Tensor.Einsum("ii", Matrix), () => Tensor.Einsum("...ijk", Matrix), () => Tensor.Einsum("...,...", Vector, Tensor.Zeros([2]))),
        .. NullArgument("MultiDot", "operands", () => Tensor.MultiDot(Matrix, None), () => Tensor.MultiDot(None, Matrix)),
        .. Refused<ShapeException>("MultiDot", ["MultiDot"], () => Tensor.MultiDot(), () => Tensor.MultiDot(Matrix), () => Tensor.MultiDot(Matrix, Matrix), () => Tensor.MultiDot(Matrix, Vector, Matrix), () => Tensor.MultiDot(Scalar, Matrix), () => Tensor.MultiDot(Matrix, Cube)),
    ];

    private static IEnumerable<BadCall> Distances =>
    [
        .. NullArgument("Cdist", "other", () => Matrix.Cdist(None)),
        .. OutOfRange("Cdist", "p", p => Matrix.Cdist(Matrix, p), -1, double.NaN),
        .. Refused<ShapeException>("Cdist", ["Cdist"], () => Vector.Cdist(Matrix), () => Matrix.Cdist(Vector), () => Matrix.Cdist(Matrix.T), () => Cube.Cdist(Tensor.Zeros([3, 3, 4])), () => Scalar.Cdist(Scalar)),
        .. NullArgument("PairwiseDistance", "other", () => Matrix.PairwiseDistance(None)),
        .. OutOfRange("PairwiseDistance", "p", p => Matrix.PairwiseDistance(Matrix, p), -1, double.NaN),
        .. OutOfRange("PairwiseDistance", "epsilon", epsilon => Matrix.PairwiseDistance(Matrix, 2, epsilon), double.NaN, double.PositiveInfinity),
        .. Refused<ShapeException>("PairwiseDistance", ["PairwiseDistance"], () => Matrix.PairwiseDistance(Matrix.T), () => Vector.PairwiseDistance(Tensor.Zeros([2])), () => Scalar.PairwiseDistance(Scalar)),
        .. NullArgument("CosineSimilarity", "left", () => Tensor.CosineSimilarity(None, Vector)),
        .. NullArgument("CosineSimilarity", "right", () => Tensor.CosineSimilarity(Vector, None)),
        .. OutOfRange("CosineSimilarity", "epsilon", epsilon => Tensor.CosineSimilarity(Vector, Vector, -1, epsilon), -1, double.NaN, double.PositiveInfinity),
        .. Refused<ShapeException>("CosineSimilarity", ["CosineSimilarity"], () => Tensor.CosineSimilarity(Vector, Tensor.Zeros([2])), () => Tensor.CosineSimilarity(Vector, Vector, 1), () => Tensor.CosineSimilarity(Scalar, Scalar), () => Tensor.CosineSimilarity(Matrix, Matrix, int.MinValue)),
        .. NullArgument("Cross", "other", () => Vector.Cross(None)),
        .. Refused<ShapeException>("Cross", ["Cross"], () => Matrix.Cross(Matrix, 0), () => Vector.Cross(Tensor.Zeros([2])), () => Matrix.T.Cross(Matrix.T), () => Scalar.Cross(Vector), () => Scalar.Cross(Scalar), () => Vector.Cross(Vector, 1), () => Vector.Cross(Vector, int.MaxValue)),
    ];

    private static IEnumerable<BadCall> LinearAlgebra =>
    [
        .. NullArgument("LeastSquares", "right", () => Matrix.LeastSquares(None)),
        .. Refused<ShapeException>("LeastSquares", ["LeastSquares"], () => Vector.LeastSquares(Vector), () => Matrix.LeastSquares(Scalar), () => Matrix.LeastSquares(Matrix.T), () => Matrix.LeastSquares(Vector), () => Cube.LeastSquares(Tensor.Zeros([3, 3, 1]))),
        .. Refused<SingularMatrixException>("LeastSquares", ["LeastSquares", "[2, 2]", "Pinverse"], () => Tensor.Ones([2, 2]).LeastSquares(Tensor.Ones([2])), () => Tensor.Zeros([2, 2]).LeastSquares(Tensor.Ones([2, 1]))),
        .. NullArgument("Solve", "right", () => Square.Solve(None)),
        .. Refused<ShapeException>("Solve", ["Solve"], () => Matrix.Solve(Vector), () => Vector.Solve(Vector), () => Square.Solve(Vector), () => Square.Solve(Scalar), () => Square.Solve(Matrix.T), () => Square.Solve(Matrix, left: false), () => Square.Expand([2, 2, 2]).Solve(Tensor.Zeros([3, 2, 1]))),
        .. Refused<SingularMatrixException>("Solve", ["Solve", "[2, 2]", "singular"], () => Tensor.Ones([2, 2]).Solve(Tensor.Ones([2])), () => Tensor.Zeros([2, 2]).Solve(Matrix)),
        .. NullArgument("TriangularSolve", "right", () => Square.TriangularSolve(None)),
        .. Refused<ShapeException>("TriangularSolve", ["TriangularSolve"], () => Matrix.TriangularSolve(Vector), () => Vector.TriangularSolve(Vector), () => Square.TriangularSolve(Vector), () => Square.TriangularSolve(Scalar), () => Square.TriangularSolve(Matrix.T), () => Square.Expand([2, 2, 2]).TriangularSolve(Tensor.Zeros([3, 2, 1]))),
        .. Refused<SingularMatrixException>("TriangularSolve", ["TriangularSolve", "[2, 2]"], () => Tensor.Zeros([2, 2]).TriangularSolve(Tensor.Ones([2]))),
        .. Refused<ShapeException>("Pinverse", ["Pinverse", "no matrix"], () => Vector.Pinverse(), () => Scalar.Pinverse()),
        .. OutOfRange("Pinverse", "tolerance", tolerance => Matrix.Pinverse(tolerance), -1, double.NaN, double.PositiveInfinity),
        .. Refused<ShapeException>("MatrixRank", ["MatrixRank", "no matrix"], () => Vector.MatrixRank(), () => Scalar.MatrixRank()),
        .. OutOfRange("MatrixRank", "tolerance", tolerance => Matrix.MatrixRank(tolerance), -1, double.NaN, double.PositiveInfinity),
        .. Refused<ShapeException>("MatrixPower", ["MatrixPower"], () => Matrix.MatrixPower(2), () => Vector.MatrixPower(2), () => Scalar.MatrixPower(0), () => Nothing.MatrixPower(1)),
        .. Refused<SingularMatrixException>("MatrixPower", ["MatrixPower", "[2, 2]"], () => Tensor.Ones([2, 2]).MatrixPower(-1), () => Tensor.Zeros([2, 2]).MatrixPower(int.MinValue)),
        .. Refused<ShapeException>("MatrixNorm", ["MatrixNorm"], () => Vector.MatrixNorm(), () => Scalar.MatrixNorm(), () => Nothing.MatrixNorm(MatrixNormKind.Spectral), () => Nothing.MatrixNorm(MatrixNormKind.LeastSingularValue), () => Nothing.T.MatrixNorm(MatrixNormKind.LargestColumn), () => Nothing.MatrixNorm(MatrixNormKind.SmallestRow)),
        .. OutOfRange("MatrixNorm", "kind", kind => Matrix.MatrixNorm((MatrixNormKind)(int)kind), 99, -1),
        .. Refused<ShapeException>("Vander", ["Vander"], () => Scalar.Vander(), () => Scalar.Vander(2), () => Scalar.Vander(2, true), () => Tensor.Zeros([1]).Expand([1L << 40]).Vander(), () => Tensor.Zeros([1]).Expand([1L << 33]).Vander(int.MaxValue)),
        .. OutOfRange("Vander", "columns", columns => Vector.Vander((int)columns), -1, int.MinValue),
        .. Refused<InsufficientMemoryException>("Vander", ["bytes"], () => Tensor.Zeros([1 << 20]).Vander(int.MaxValue)),
    ];

    private static Tensor Square => Tensor.From([2f, 1, 0, 1], [2, 2]);

    private static Tensor Cube => Tensor.Zeros([2, 3, 4]);

    // One number seen 2^exponent times.
    private static Tensor Long(int exponent) => Tensor.Zeros([1]).Expand([1L << exponent]);
}
