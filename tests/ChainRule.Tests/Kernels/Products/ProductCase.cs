using System.Numerics;
using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule.Tests.Kernels.Products;

/// <summary>How an operand lies in memory.</summary>
public enum Layout
{
    Rows,
    Columns,
    WideRows,
    WideColumns,
    EverySecond,
    BackwardRows,
    OneRow,
}

/// <summary>Operands of one product, in some layout, inside larger arrays whose other elements must neither matter nor change.</summary>
internal sealed unsafe class ProductCase<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Margin = 5;
    private readonly T[] _a, _b;
    private readonly (long Row, long Column, int Start) _left, _right;

    public ProductCase(int m, int n, int k, Layout left, Layout right, int batch = 1, int seed = 1)
    {
        (M, N, K, Batch) = (m, n, k, batch);
        _left = Strides(left, m, k);
        _right = Strides(right, k, n);
        LeftBatch = Extent(m, k);
        RightBatch = Extent(k, n);
        _a = Values(LeftBatch * batch + 2 * Margin, seed);
        _b = Values(RightBatch * batch + 2 * Margin, seed + 1);
        CRow = n + 3;
        ResultBatch = CRow * m + 7;
    }

    public delegate void Kernel(ProductCase<T> operands, T* a, T* b, T* c);

    public int M { get; }
    public int N { get; }
    public int K { get; }
    public int Batch { get; }
    public int CRow { get; }
    public int LeftBatch { get; }
    public int RightBatch { get; }
    public int ResultBatch { get; }

    public MatrixView<T> Left(T* start) => new(start, _left.Row, _left.Column, LeftBatch);
    public MatrixView<T> Right(T* start) => new(start, _right.Row, _right.Column, RightBatch);
    public MatrixView<T> Result(T* start) => new(start, CRow, 1, ResultBatch);

    public void Run(T* a, T* b, T* c) => Run(a, b, c, default(NoEpilogue));

    public void Run<TEpilogue>(T* a, T* b, T* c, TEpilogue epilogue) where TEpilogue : struct, IEpilogue =>
        Gemm.RunBatch(Batch, M, N, K, a, LeftBatch, _left.Row, _left.Column, b, RightBatch, _right.Row, _right.Column, c, ResultBatch, CRow, epilogue);

    /// <summary>Runs a kernel and compares every bit of the result's memory with the naive product, passed through a scalar epilogue.</summary>
    public void Check(Kernel kernel, Func<T, T, int, int, T>? epilogue = null)
    {
        T[] result = Values(ResultBatch * Batch + 2 * Margin, 9);
        T[] expected = [.. result];
        for (int index = 0; index < Batch; index++)
        {
            for (int i = 0; i < M; i++)
            {
                for (int j = 0; j < N; j++)
                {
                    int at = Margin + index * ResultBatch + i * CRow + j;
                    T sum = NaiveProduct.Element(p => A(index, i, p), p => B(index, p, j), K);
                    expected[at] = epilogue is null ? sum : epilogue(sum, expected[at], i, j);
                }
            }
        }
        fixed (T* a = _a, b = _b, c = result)
            kernel(this, a + Margin + _left.Start, b + Margin + _right.Start, c + Margin);
        for (int i = 0; i < result.Length; i++)
        {
            if (!Same(expected[i], result[i]))
                Assert.Fail($"{typeof(T).Name} {M} x {N} x {K}, strides {_left}, {_right}: element {i - Margin} is {result[i]}, not {expected[i]}");
        }
    }

    private static bool Same(T a, T b) => EqualityComparer<T>.Default.Equals(a, b) ? T.IsNegative(a) == T.IsNegative(b) : T.IsNaN(a) && T.IsNaN(b);

    public T A(int index, int row, int column) => _a[Margin + index * LeftBatch + _left.Start + row * _left.Row + column * _left.Column];

    public T B(int index, int row, int column) => _b[Margin + index * RightBatch + _right.Start + row * _right.Row + column * _right.Column];

    public void SetA(int row, int column, T value) => _a[Margin + _left.Start + row * _left.Row + column * _left.Column] = value;

    private static int Extent(int rows, int columns) => (2 * rows + 3) * (2 * columns + 3);

    private static (long Row, long Column, int Start) Strides(Layout layout, int rows, int columns) => layout switch
    {
        Layout.Rows => (columns, 1, 0),
        Layout.Columns => (1, rows, 0),
        Layout.WideRows => (columns + 3, 1, 2),
        Layout.WideColumns => (1, rows + 5, 1),
        Layout.EverySecond => (2 * columns + 1, 2, 1),
        Layout.BackwardRows => (-columns, 1, (rows - 1) * columns),
        Layout.OneRow => (0, 1, 0),
        _ => throw new ArgumentOutOfRangeException(nameof(layout)),
    };

    // Spread over a few binades and both signs, so that every change of order or of rounding shows.
    private static T[] Values(int count, int seed)
    {
        var values = new T[count];
        uint state = (uint)seed * 2654435761;
        for (int i = 0; i < count; i++)
        {
            state = state * 1664525 + 1013904223;
            values[i] = T.CreateTruncating(((state >> 8) / 16777216.0 - 0.5) * (1 << (int)(state >> 5 & 3)));
        }
        return values;
    }
}
