using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>Reductions of a few elements, one for each virtual lane at most: to plan them as large ones are would cost more than they do.</summary>
internal static unsafe class FewElements
{
    private const int Most = 256;

    /// <summary>Reduces x over its trailing axes if it is that small and has one stride for what is kept and one for what is reduced.</summary>
    /// <returns>Whether it has.</returns>
    public static bool TryRun<T, TReducer>(Strided<T> x, int kept, T* y) where T : unmanaged where TReducer : struct, IReducer
    {
        long results = 1, elements = 1, next = 0, stride = 1;
        if (x.IsContiguous)
        {
            for (int i = 0; i < kept; i++)
                results *= x.Sizes[i];
            for (int i = kept; i < x.Sizes.Length; i++)
                elements *= x.Sizes[i];
            next = elements;
        }
        else
        {
            if (kept > 1 || x.Sizes.Length != kept + 1) return false;
            (elements, stride) = (x.Sizes[kept], x.Strides[kept]);
            if (kept == 1)
                (results, next) = (x.Sizes[0], x.Strides[0]);
        }
        if (elements == 0 || elements > FixedTree.Lanes<T>() || results > Most / elements) return false;
        Run<T, TReducer>(x.Data, results, next, (int)elements, stride, y);
        return true;
    }

    // As FixedTree halves its lanes; a lane that is empty there is not combined here, which gives the same bits.
    [MethodImpl(Hot.Loop)]
    [SkipLocalsInit]
    private static void Run<T, TReducer>(T* x, long results, long next, int elements, long stride, T* y) where T : unmanaged where TReducer : struct, IReducer
    {
        T* lanes = stackalloc T[FixedTree.Lanes<T>()];
        for (long result = 0; result < results; result++, x += next)
        {
            for (int lane = 0; lane < elements; lane++)
                lanes[lane] = x[lane * stride];
            int left = elements;
            for (int half = FixedTree.Lanes<T>() / 2; half > 0; half /= 2)
            {
                for (int lane = 0; lane + half < left; lane++)
                    lanes[lane] = FixedTree.Combine<T, TReducer>(lanes[lane], lanes[lane + half]);
                left = Math.Min(left, half);
            }
            y[result] = lanes[0];
        }
    }
}
