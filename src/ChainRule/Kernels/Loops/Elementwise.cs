using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>Elementwise operations on strided memory of float, double, int or long.</summary>
/// <remarks>
/// The result is contiguous in row-major order and has the operands' sizes. It may be one of the operands if that one is
/// contiguous. Each element depends on its operands alone: not on its position, the lane's width or the number of threads.
/// </remarks>
internal static unsafe partial class Elementwise
{
    /// <summary>y[i] = kernel(x[i]).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Unary<T, TKernel>(TKernel kernel, Strided<T> x, T* y) where T : unmanaged where TKernel : struct, IUnary =>
        Run(new UnaryBody<TKernel>(kernel), x, y);

    /// <summary>y[i] = kernel(a[i], b[i]).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Binary<T, TKernel>(TKernel kernel, Strided<T> a, Strided<T> b, T* y) where T : unmanaged where TKernel : struct, IBinary =>
        Run(new BinaryBody<TKernel>(kernel), a, b, y);

    /// <summary>y[i] = kernel(a[i], b[i], c[i]).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ternary<T, TKernel>(TKernel kernel, Strided<T> a, Strided<T> b, Strided<T> c, T* y) where T : unmanaged where TKernel : struct, ITernary
    {
        var body = new TernaryBody<TKernel>(kernel);
        if (a.IsContiguous && b.IsContiguous && c.IsContiguous)
            Tiles.Contiguous(body, a.Data, b.Data, c.Data, y, a.Count);
        else
            Tiles.Strided(body, a, b, c, y);
    }

    /// <summary>y[i] = 1 where the kernel's mask is set, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Compare<T, TKernel>(TKernel kernel, Strided<T> a, Strided<T> b, byte* y) where T : unmanaged where TKernel : struct, IBinary =>
        Run(new MaskBody<BinaryBody<TKernel>>(new(kernel)), a, b, y);

    /// <summary>y[i] = 1 where the kernel's mask is set, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Test<T, TKernel>(TKernel kernel, Strided<T> x, byte* y) where T : unmanaged where TKernel : struct, IUnary =>
        Run(new MaskBody<UnaryBody<TKernel>>(new(kernel)), x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run<T, TBody>(TBody body, Strided<T> x, void* y) where T : unmanaged where TBody : struct, IBody
    {
        if (x.IsContiguous)
            Tiles.Contiguous(body, x.Data, null, null, y, x.Count);
        else
            Tiles.Strided(body, x, default, default, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run<T, TBody>(TBody body, Strided<T> a, Strided<T> b, void* y) where T : unmanaged where TBody : struct, IBody
    {
        if (a.IsContiguous && b.IsContiguous)
            Tiles.Contiguous(body, a.Data, b.Data, null, y, a.Count);
        else
            Tiles.Strided(body, a, b, default, y);
    }
}
