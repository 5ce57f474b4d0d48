using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ChainRule.Kernels;

/// <summary>Matrix products C = epilogue(A B) of float or double, with any strides of A and B.</summary>
/// <remarks>
/// The bits of an element are the same on every processor, vector width and number of threads: for each 256 of k in order,
/// a sum starts at zero and takes the terms in order by fused multiply-adds; the sums of the blocks are added up in order.
/// A C that lies in columns is the product of the transposes: swap A and B, m and n, and the strides of each.
/// C must not overlap A or B. Pointers need no alignment.
/// </remarks>
internal static unsafe class Gemm
{
    /// <summary>Terms of a sum that are added up before they go to C: part of what defines the bits of a product.</summary>
    public const int Depth = 256;

    /// <summary>C[i, j] = sum of A[i, p] B[p, j]: A is m x k, B is k x n, C is m x n with rows cRow apart.</summary>
    public static void Run<T>(long m, long n, long k, T* a, long aRow, long aColumn, T* b, long bRow, long bColumn, T* c, long cRow)
        where T : unmanaged =>
        Run(m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, default(NoEpilogue));

    /// <summary>The product, each element passed through an epilogue.</summary>
    public static void Run<T, TEpilogue>(
        long m, long n, long k, T* a, long aRow, long aColumn, T* b, long bRow, long bColumn, T* c, long cRow, TEpilogue epilogue)
        where T : unmanaged
        where TEpilogue : struct, IEpilogue =>
        RunBatch(1, m, n, k, a, 0, aRow, aColumn, b, 0, bRow, bColumn, c, 0, cRow, epilogue);

    /// <summary>Many products of one shape; an operand whose batch stride is 0 is shared by all.</summary>
    public static void RunBatch<T, TEpilogue>(
        long batch, long m, long n, long k, T* a, long aBatch, long aRow, long aColumn, T* b, long bBatch, long bRow, long bColumn,
        T* c, long cBatch, long cRow, TEpilogue epilogue)
        where T : unmanaged
        where TEpilogue : struct, IEpilogue
    {
        if (batch == 0 || m == 0 || n == 0)
            return;
        if (typeof(T) == typeof(float))
        {
            var (left, right, result) = (new MatrixView<float>((float*)a, aRow, aColumn, aBatch), new MatrixView<float>((float*)b, bRow, bColumn, bBatch), new MatrixView<float>((float*)c, cRow, 1, cBatch));
            if (batch == 1 && TinyProduct<Single1, float>.Suits(m, n, k))
                TinyProduct<Single1, float>.Run(m, n, k, left, right, result.Start, cRow, epilogue);
            else if (Avx512F.IsSupported)
                Run<Single512, Single1, float, TEpilogue>(batch, m, n, k, left, right, result, epilogue);
            else if (Avx2.IsSupported)
                Run<Single256, Single1, float, TEpilogue>(batch, m, n, k, left, right, result, epilogue);
            else if (Vector128.IsHardwareAccelerated)
                Run<Single128, Single1, float, TEpilogue>(batch, m, n, k, left, right, result, epilogue);
            else
                Run<Single1, Single1, float, TEpilogue>(batch, m, n, k, left, right, result, epilogue);
        }
        else
        {
            var (left, right, result) = (new MatrixView<double>((double*)a, aRow, aColumn, aBatch), new MatrixView<double>((double*)b, bRow, bColumn, bBatch), new MatrixView<double>((double*)c, cRow, 1, cBatch));
            if (batch == 1 && TinyProduct<Double1, double>.Suits(m, n, k))
                TinyProduct<Double1, double>.Run(m, n, k, left, right, result.Start, cRow, epilogue);
            else if (Avx512F.IsSupported)
                Run<Double512, Double1, double, TEpilogue>(batch, m, n, k, left, right, result, epilogue);
            else if (Avx2.IsSupported)
                Run<Double256, Double1, double, TEpilogue>(batch, m, n, k, left, right, result, epilogue);
            else if (Vector128.IsHardwareAccelerated)
                Run<Double128, Double1, double, TEpilogue>(batch, m, n, k, left, right, result, epilogue);
            else
                Run<Double1, Double1, double, TEpilogue>(batch, m, n, k, left, right, result, epilogue);
        }
    }

    private static void Run<V, S, T, TEpilogue>(long batch, long m, long n, long k, MatrixView<T> a, MatrixView<T> b, MatrixView<T> c, TEpilogue epilogue)
        where V : struct, IVectorLane<V, T>
        where S : struct, IVectorLane<S, T>
        where T : unmanaged
        where TEpilogue : struct, IEpilogue =>
        new Product<V, S, T, TEpilogue>(batch, m, n, k, a, b, c, epilogue).Run();
}
