using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>Rows of mean 0 and variance 1, and how they change with what they were made of, row by row in the first cache.</summary>
/// <remarks>Distances are taken from a row's first element before anything is averaged, so that nothing of a large mean is left to round.</remarks>
internal static unsafe class Standardization
{
    /// <summary>y = (x - mean) / √(variance + ε) along contiguous rows of n elements, at least one.</summary>
    public static void Run<T>(T* x, long rows, long n, double epsilon, T* y) where T : unmanaged =>
        WidestLane.Run<T, AllRows>(new(null, x, rows, n, epsilon, y));

    /// <summary>y = (c - mean c - s·mean(c·s)) / √(variance + ε), where s is the standardized row x: the Jacobian, which is symmetric, times c.</summary>
    public static void Slope<T>(T* c, T* x, long rows, long n, double epsilon, T* y) where T : unmanaged =>
        WidestLane.Run<T, AllRows>(new(c, x, rows, n, epsilon, y));

    private readonly struct AllRows(void* c, void* x, long rows, long n, double epsilon, void* y) : ILaneWork
    {
        public void Invoke<T, V>() where T : unmanaged where V : struct, IVectorLane<V, T> =>
            Units.Run(rows, 4 * n, new SomeRows<T, V>((T*)c, (T*)x, n, epsilon, (T*)y));
    }

    private readonly struct SomeRows<T, V>(T* c, T* x, long n, double epsilon, T* y) : IRangeWork
        where T : unmanaged
        where V : struct, IVectorLane<V, T>
    {
        public void Invoke(long start, long end)
        {
            for (long row = start * n; row < end * n; row += n)
            {
                V scale = Standardize(x + row, y + row);
                if (c != null)
                    Slope(c + row, scale, y + row);
            }
        }

        private V Standardize(T* source, T* target)
        {
            T squares = Centre(source, target);
            // Where squares over- or underflow, the row is scaled by a power of 2, which is exact.
            double factor = Factor(squares);
            if (factor != 1)
            {
                Map(new Scale<V>(V.Constant(factor)), source, target);
                squares = Centre(target, target);
            }
            V scale = V.Constant(1) / V.Sqrt(Mean(V.Broadcast(squares)) + V.Constant(epsilon * factor * factor));
            Map(new Scale<V>(scale), target, target);
            return scale * V.Constant(factor);
        }

        // The distances from the mean, and the sum of their squares.
        private T Centre(T* source, T* target)
        {
            if (IsInOneBlock)
            {
                T sum = Shifted(V.Broadcast(*source), source, target, squares: false);
                return Shifted(Mean(V.Broadcast(sum)), target, target, squares: true);
            }
            Map(new Shift<V>(V.Broadcast(*source)), source, target);
            Map(new Shift<V>(Mean(V.Broadcast(FixedTree.OfRow<T, V, SumOf>(target, n)))), target, target);
            return SumOfProducts(target, target);
        }

        // Then the loops that make the terms also sum them up.
        private bool IsInOneBlock => FixedTree.IsOneBlock<T, V>(n);

        /// <summary>target = source - by, and the sum of that or of its squares.</summary>
        private T Shifted(V by, T* source, T* target, bool squares) => Shifted(ExponentialSum.First<T, V>(by), source, target, n, squares);

        [MethodImpl(Hot.Loop)]
        private static T Shifted(T by, T* source, T* target, long n, bool squares)
        {
            V shift = V.Broadcast(by), sum = SumOf.Neutral<V>();
            long i = 0;
            for (; i <= n - V.Count; i += V.Count)
            {
                V value = V.Load(source + i) - shift;
                V.Store(value, target + i);
                sum += squares ? value * value : value;
            }
            if (i < n)
            {
                int rest = (int)(n - i);
                Edge.Store(Edge.Load(source + i, rest, shift) - shift, target + i, rest);
                V value = Edge.Load(target + i, rest, SumOf.Neutral<V>());
                sum += squares ? value * value : value;
            }
            return FixedTree.ByHalves<T, V, SumOf>(sum);
        }

        /// <summary>The sums of a and of a·b.</summary>
        [MethodImpl(Hot.Loop)]
        private static (T Sum, T Products) Sums(T* a, T* b, long n)
        {
            V sum = SumOf.Neutral<V>(), products = sum;
            long i = 0;
            for (; i <= n - V.Count; i += V.Count)
            {
                V value = V.Load(a + i);
                sum += value;
                products += value * V.Load(b + i);
            }
            if (i < n)
            {
                // -0·1 is the neutral -0 again.
                V value = Edge.Load(a + i, (int)(n - i), SumOf.Neutral<V>());
                sum += value;
                products += value * Edge.Load(b + i, (int)(n - i), V.Constant(1));
            }
            return (FixedTree.ByHalves<T, V, SumOf>(sum), FixedTree.ByHalves<T, V, SumOf>(products));
        }

        // Small squares count only where ε is smaller still.
        private double Factor(T squares)
        {
            bool isSingle = sizeof(T) == sizeof(float);
            double sum = isSingle ? Unsafe.BitCast<T, float>(squares) : Unsafe.BitCast<T, double>(squares);
            double least = Math.ScaleB(1, isSingle ? -80 : -600);
            return !double.IsFinite(sum) ? Math.ScaleB(1, isSingle ? -90 : -600)
                : sum < least && epsilon < least ? Math.ScaleB(1, isSingle ? 90 : 600) : 1;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Slope(T* cotangent, V scale, T* target)
        {
            (T sum, T products) = IsInOneBlock ? Sums(cotangent, target, n) : (FixedTree.OfRow<T, V, SumOf>(cotangent, n), SumOfProducts(cotangent, target));
            V mean = Mean(V.Broadcast(sum)), along = Mean(V.Broadcast(products));
            Loop.Run<T, V, BinaryBody<Project<V>>>(new(new(mean, along, scale)), cotangent, target, null, target, n);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private V Mean(V sum) => sum / V.Constant(n);

        private void Map<TKernel>(TKernel kernel, T* source, T* target) where TKernel : struct, IUnary =>
            Loop.Run<T, V, UnaryBody<TKernel>>(new(kernel), source, null, null, target, n);

        [SkipLocalsInit]
        private T SumOfProducts(T* a, T* b)
        {
            int block = FixedTree.Block<T>();
            T* tile = stackalloc T[block];
            T* levels = stackalloc T[FixedTree.MaxLevels];
            var pairs = new Pairs<T, SumOf>(levels);
            for (long at = 0; at < n; at += block)
            {
                long count = Math.Min(block, n - at);
                Loop.Run<T, V, BinaryBody<Product>>(default, a + at, b + at, null, tile, count);
                pairs.Add(FixedTree.OfBlock<T, V, SumOf>(tile, count));
            }
            return pairs.Total();
        }
    }

    private readonly struct Product : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V> => a * b;
    }

    [method: MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly struct Shift<TLane>(TLane by) : IUnary where TLane : struct, ILane<TLane>
    {
        private readonly TLane _by = by;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => x - Unsafe.BitCast<TLane, V>(_by);
    }

    [method: MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly struct Scale<TLane>(TLane by) : IUnary where TLane : struct, ILane<TLane>
    {
        private readonly TLane _by = by;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => x * Unsafe.BitCast<TLane, V>(_by);
    }

    // (c - mean - s·along)·scale
    [method: MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly struct Project<TLane>(TLane mean, TLane along, TLane scale) : IBinary where TLane : struct, ILane<TLane>
    {
        private readonly TLane _mean = mean, _along = along, _scale = scale;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V c, V s) where V : struct, ILane<V> =>
            (c - Unsafe.BitCast<TLane, V>(_mean) - s * Unsafe.BitCast<TLane, V>(_along)) * Unsafe.BitCast<TLane, V>(_scale);
    }
}
