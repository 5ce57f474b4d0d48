using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace ChainRule.Kernels;

/// <summary>The product of a few rows of A and up to three vectors' columns of B, every sum in a register.</summary>
/// <remarks>
/// 8 x 3 vectors of AVX-512 use 24 sums, 3 vectors of B and one broadcast element of A of the 32 registers: 24 multiply-adds
/// for 11 loads, so the loads (two a cycle) hide behind the arithmetic (two a cycle, a latency of 4).
/// Processors with 16 registers run 4 x 3.
/// </remarks>
internal static unsafe class MicroKernel<V, T>
    where V : struct, IVectorLane<V, T>
    where T : unmanaged
{
    /// <summary>Rows of a tile: what fits the processor's 32 or 16 registers.</summary>
    public static int Rows => V.Count * sizeof(T) == 64 || AdvSimd.Arm64.IsSupported ? 8 : 4;

    /// <summary>Vectors of the next tile where so many columns are left: three, but the last four as two and two, since a tile of one has too few sums to hide the latency.</summary>
    public static int VectorsFor(long columns)
    {
        long rest = (columns + V.Count - 1) / V.Count;
        return rest == 4 ? 2 : (int)Math.Min(rest, 3);
    }

    /// <summary>
    /// C (+)= A B for one block of k: each sum starts at zero and takes the products in order; it replaces C or is added to it.
    /// The tile has 1 to 8 rows and is 1 to 3 vectors wide; B and C are read and written in whole vectors.
    /// </summary>
    public static void Run(int rows, int vectors, long k, T* a, long aRow, long aColumn, T* b, long bRow, T* c, long cRow, bool add)
    {
        if (rows > 4)
            OfWidth<Eight>(rows, vectors, k, a, aRow, aColumn, b, bRow, c, cRow, add);
        else if (rows > 2)
            OfWidth<Four>(rows, vectors, k, a, aRow, aColumn, b, bRow, c, cRow, add);
        else if (rows == 2)
            OfWidth<Two>(rows, vectors, k, a, aRow, aColumn, b, bRow, c, cRow, add);
        else
            OfWidth<One>(rows, vectors, k, a, aRow, aColumn, b, bRow, c, cRow, add);
    }

    [MethodImpl(AggressiveInlining)]
    private static void OfWidth<TRows>(int rows, int vectors, long k, T* a, long aRow, long aColumn, T* b, long bRow, T* c, long cRow, bool add)
        where TRows : struct, ISize
    {
        if (vectors == 3)
            Tile<TRows, Three>(rows, k, a, aRow, aColumn, b, bRow, c, cRow, add);
        else if (vectors == 2)
            Tile<TRows, Two>(rows, k, a, aRow, aColumn, b, bRow, c, cRow, add);
        else
            Tile<TRows, One>(rows, k, a, aRow, aColumn, b, bRow, c, cRow, add);
    }

    // One body for all sizes: the comparisons with TRows and TColumns are constants to the compiler, which drops the unused sums.
    [MethodImpl(Hot.Loop)]
    private static void Tile<TRows, TColumns>(int rows, long k, T* a, long aRow, long aColumn, T* b, long bRow, T* c, long cRow, bool add)
        where TRows : struct, ISize
        where TColumns : struct, ISize
    {
        V c00 = default, c01 = default, c02 = default;
        V c10 = default, c11 = default, c12 = default;
        V c20 = default, c21 = default, c22 = default;
        V c30 = default, c31 = default, c32 = default;
        V c40 = default, c41 = default, c42 = default;
        V c50 = default, c51 = default, c52 = default;
        V c60 = default, c61 = default, c62 = default;
        V c70 = default, c71 = default, c72 = default;

        // A missing row reads the last one again; its sums are not stored.
        int last = rows - 1;
        long a1 = aRow * Math.Min(1, last), a2 = aRow * Math.Min(2, last), a3 = aRow * Math.Min(3, last), a4 = aRow * Math.Min(4, last);
        long a5 = aRow * Math.Min(5, last), a6 = aRow * Math.Min(6, last), a7 = aRow * Math.Min(7, last);

        for (; k > 0; k--)
        {
            V b0 = V.Load(b), b1 = default, b2 = default;
            if (TColumns.Value > 1)
                b1 = V.Load(b + V.Count);
            if (TColumns.Value > 2)
                b2 = V.Load(b + 2 * V.Count);

            Row<TColumns>(a[0], b0, b1, b2, ref c00, ref c01, ref c02);
            if (TRows.Value > 1)
                Row<TColumns>(a[a1], b0, b1, b2, ref c10, ref c11, ref c12);
            if (TRows.Value > 2)
            {
                Row<TColumns>(a[a2], b0, b1, b2, ref c20, ref c21, ref c22);
                Row<TColumns>(a[a3], b0, b1, b2, ref c30, ref c31, ref c32);
            }
            if (TRows.Value > 4)
            {
                Row<TColumns>(a[a4], b0, b1, b2, ref c40, ref c41, ref c42);
                Row<TColumns>(a[a5], b0, b1, b2, ref c50, ref c51, ref c52);
                Row<TColumns>(a[a6], b0, b1, b2, ref c60, ref c61, ref c62);
                Row<TColumns>(a[a7], b0, b1, b2, ref c70, ref c71, ref c72);
            }
            a += aColumn;
            b += bRow;
        }

        Store<TColumns>(c, c00, c01, c02, add);
        if (TRows.Value > 1)
            Store<TColumns>(c + cRow, c10, c11, c12, add);
        if (TRows.Value > 2)
        {
            Store<TColumns>(c + 2 * cRow, c20, c21, c22, add);
            if (rows > 3)
                Store<TColumns>(c + 3 * cRow, c30, c31, c32, add);
        }
        if (TRows.Value > 4)
        {
            Store<TColumns>(c + 4 * cRow, c40, c41, c42, add);
            if (rows > 5)
                Store<TColumns>(c + 5 * cRow, c50, c51, c52, add);
            if (rows > 6)
                Store<TColumns>(c + 6 * cRow, c60, c61, c62, add);
            if (rows > 7)
                Store<TColumns>(c + 7 * cRow, c70, c71, c72, add);
        }
    }

    [MethodImpl(AggressiveInlining)]
    private static void Row<TColumns>(T a, V b0, V b1, V b2, ref V c0, ref V c1, ref V c2) where TColumns : struct, ISize
    {
        V x = V.Broadcast(a);
        c0 = V.Fma(x, b0, c0);
        if (TColumns.Value > 1)
            c1 = V.Fma(x, b1, c1);
        if (TColumns.Value > 2)
            c2 = V.Fma(x, b2, c2);
    }

    [MethodImpl(AggressiveInlining)]
    private static void Store<TColumns>(T* c, V c0, V c1, V c2, bool add) where TColumns : struct, ISize
    {
        V.Store(add ? V.Load(c) + c0 : c0, c);
        if (TColumns.Value > 1)
            V.Store(add ? V.Load(c + V.Count) + c1 : c1, c + V.Count);
        if (TColumns.Value > 2)
            V.Store(add ? V.Load(c + 2 * V.Count) + c2 : c2, c + 2 * V.Count);
    }

    /// <summary>A number that the compiler knows.</summary>
    private interface ISize
    {
        static abstract int Value { get; }
    }

    private readonly struct One : ISize
    {
        public static int Value => 1;
    }

    private readonly struct Two : ISize
    {
        public static int Value => 2;
    }

    private readonly struct Three : ISize
    {
        public static int Value => 3;
    }

    private readonly struct Four : ISize
    {
        public static int Value => 4;
    }

    private readonly struct Eight : ISize
    {
        public static int Value => 8;
    }
}
