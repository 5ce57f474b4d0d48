using System.Numerics;
using System.Runtime.Intrinsics.X86;
using ChainRule.Kernels;
using ChainRule.Tests.Kernels.Loops;

namespace ChainRule.Tests.Kernels.Products;

[Collection<Alone>]
public sealed unsafe class GemmTests
{
    [Fact]
    public void Small_products_of_every_size_have_the_bits_of_the_contract()
    {
        for (int m = 1; m <= 20; m++)
        {
            for (int n = 1; n <= 20; n++)
            {
                int k = 1 + (m * 7 + n * 3) % 20;
                Layout left = (Layout)((m + n) % 7), right = (Layout)((m + 2 * n) % 7);
                Check<float>(m, n, k, left, right);
                Check<double>(m, n, k, left, right);
            }
        }
    }

    [Fact]
    public void Products_around_the_tile_edges_have_the_bits_of_the_contract()
    {
        foreach (int m in new[] { 1, 3, 7, 8, 9, 33 })
        {
            foreach (int n in new[] { 15, 16, 17, 31, 47, 48, 49, 63, 64, 65, 97 })
            {
                int k = 1 + (m * n) % 9;
                Check<float>(m, n, k, (Layout)(m % 7), (Layout)(n % 7));
                Check<double>(m, n, k, (Layout)(m % 7), (Layout)(n % 7));
            }
        }
    }

    [Theory]
    [InlineData(255), InlineData(256), InlineData(257), InlineData(512), InlineData(513), InlineData(700)]
    public void Long_sums_are_split_every_256_terms(int k)
    {
        foreach ((int m, int n) in new[] { (1, 1), (1, 50), (9, 5), (3, 17), (10, 49) })
        {
            Check<float>(m, n, k, Layout.Rows, Layout.Rows);
            Check<float>(m, n, k, Layout.Columns, Layout.Columns);
            Check<double>(m, n, k, Layout.Rows, Layout.Columns);
            Check<double>(m, n, k, Layout.EverySecond, Layout.BackwardRows);
        }
    }

    [Fact]
    public void Every_pair_of_layouts_gives_the_same_product()
    {
        foreach (Layout left in Enum.GetValues<Layout>())
        {
            foreach (Layout right in Enum.GetValues<Layout>())
            {
                Check<float>(37, 53, 19, left, right);
                Check<double>(11, 29, 23, left, right);
            }
        }
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(8)]
    public void Any_number_of_threads_gives_the_same_bits(int threads)
    {
        using var _ = new Threads(threads);
        Check<float>(64, 70, 300, Layout.Rows, Layout.Rows);
        Check<float>(130, 10, 1000, Layout.Columns, Layout.Rows);
        Check<double>(41, 129, 260, Layout.Rows, Layout.Columns);
    }

    [Fact]
    public void Every_vector_width_gives_the_same_bits()
    {
        foreach ((int m, int n, int k) in new[] { (5, 7, 3), (9, 50, 30), (34, 20, 40), (13, 100, 270) })
        {
            foreach ((Layout left, Layout right) in new[] { (Layout.Rows, Layout.Rows), (Layout.Columns, Layout.Columns), (Layout.EverySecond, Layout.WideRows) })
            {
                var floats = new ProductCase<float>(m, n, k, left, right);
                var doubles = new ProductCase<double>(m, n, k, left, right);
                if (Avx512F.IsSupported)
                {
                    floats.Check(Run<Single512, Single1, float>);
                    doubles.Check(Run<Double512, Double1, double>);
                }
                if (Avx2.IsSupported)
                {
                    floats.Check(Run<Single256, Single1, float>);
                    doubles.Check(Run<Double256, Double1, double>);
                }
                floats.Check(Run<Single128, Single1, float>);
                doubles.Check(Run<Double128, Double1, double>);
                floats.Check(Run<Single1, Single1, float>);
                doubles.Check(Run<Double1, Double1, double>);
            }
        }
    }

    [Theory]
    [InlineData(0, 5, 3), InlineData(5, 0, 3), InlineData(0, 0, 0), InlineData(1, 1, 0), InlineData(5, 70, 0)]
    public void An_empty_product_is_nothing_or_zeros(int m, int n, int k)
    {
        Check<float>(m, n, k, Layout.Rows, Layout.Rows);
        Check<double>(m, n, k, Layout.Rows, Layout.Rows);
    }

    [Theory]
    [InlineData(3, 3, 4), InlineData(9, 50, 30), InlineData(20, 100, 600), InlineData(300, 20, 300)]
    public void Accumulating_adds_the_finished_product_to_what_was_there(int m, int n, int k)
    {
        new ProductCase<float>(m, n, k, Layout.Rows, Layout.Rows).Check((x, a, b, c) => x.Run(a, b, c, default(AccumulateEpilogue)), (sum, old, _, _) => old + sum);
        new ProductCase<double>(m, n, k, Layout.Columns, Layout.Rows).Check((x, a, b, c) => x.Run(a, b, c, default(AccumulateEpilogue)), (sum, old, _, _) => old + sum);
    }

    [Theory]
    [InlineData(3, 3, 4), InlineData(9, 50, 30), InlineData(20, 100, 600), InlineData(64, 64, 300)]
    public void A_bias_is_added_to_the_finished_product(int m, int n, int k)
    {
        float[] bias = [.. Enumerable.Range(0, Math.Max(m, n)).Select(i => 0.3f * i - 1.7f)];
        fixed (float* values = bias)
        {
            void* start = values;
            new ProductCase<float>(m, n, k, Layout.Rows, Layout.Columns).Check((x, a, b, c) => x.Run(a, b, c, new ColumnBiasEpilogue(start)), (sum, _, _, j) => sum + bias[j]);
            new ProductCase<float>(m, n, k, Layout.Rows, Layout.Rows).Check((x, a, b, c) => x.Run(a, b, c, new RowBiasEpilogue(start)), (sum, _, i, _) => sum + bias[i]);
            new ProductCase<float>(m, n, k, Layout.Columns, Layout.Rows).Check(
                (x, a, b, c) => x.Run(a, b, c, new ChainedEpilogue<ColumnBiasEpilogue, AccumulateEpilogue>(new(start), default)),
                (sum, old, _, j) => old + (sum + bias[j]));
        }
    }

    [Theory]
    [InlineData(3, 3, 4), InlineData(9, 50, 30), InlineData(20, 100, 600)]
    public void An_activation_follows_the_bias(int m, int n, int k)
    {
        double[] bias = [.. Enumerable.Range(0, n).Select(i => 0.3 * i - 1.7)];
        fixed (double* values = bias)
        {
            void* start = values;
            new ProductCase<double>(m, n, k, Layout.Rows, Layout.Columns).Check(
                (x, a, b, c) => x.Run(a, b, c, new ChainedEpilogue<ColumnBiasEpilogue, ActivationEpilogue<Rectify>>(new(start), default)),
                (sum, _, _, j) => Math.Max(sum + bias[j], 0));
        }
    }

    [Theory]
    [InlineData(1, 4, 4, 2), InlineData(7, 3, 5, 4), InlineData(50, 9, 17, 20), InlineData(3, 64, 64, 300), InlineData(40, 32, 32, 40)]
    public void A_batch_is_as_many_products(int batch, int m, int n, int k)
    {
        new ProductCase<float>(m, n, k, Layout.Rows, Layout.Columns, batch).Check((x, a, b, c) => x.Run(a, b, c));
        new ProductCase<double>(m, n, k, Layout.Columns, Layout.Rows, batch).Check((x, a, b, c) => x.Run(a, b, c, default(AccumulateEpilogue)), (sum, old, _, _) => old + sum);
    }

    [Fact]
    public void Not_a_number_and_infinity_reach_their_row_and_no_other()
    {
        foreach ((int m, int n, int k) in new[] { (4, 3, 4), (20, 70, 40) })
        {
            var operands = new ProductCase<float>(m, n, k, Layout.Rows, Layout.Rows);
            operands.SetA(1, 2, float.NaN);
            operands.SetA(2, 1, float.PositiveInfinity);
            operands.Check((x, a, b, c) => x.Run(a, b, c));
        }
    }

    [Fact]
    public void A_product_allocates_nothing()
    {
        var operands = new ProductCase<float>(70, 70, 300, Layout.Rows, Layout.Rows);
        operands.Check((x, a, b, c) =>
        {
            // The first product starts the team's threads and makes this thread's workspace.
            x.Run(a, b, c);
            long before = GC.GetAllocatedBytesForCurrentThread();
            x.Run(a, b, c);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        });
    }

    private static void Check<T>(int m, int n, int k, Layout left, Layout right) where T : unmanaged, IFloatingPointIeee754<T> =>
        new ProductCase<T>(m, n, k, left, right).Check((x, a, b, c) => x.Run(a, b, c));

    private static void Run<V, S, T>(ProductCase<T> x, T* a, T* b, T* c)
        where V : struct, IVectorLane<V, T>
        where S : struct, IVectorLane<S, T>
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new Product<V, S, T, NoEpilogue>(x.Batch, x.M, x.N, x.K, x.Left(a), x.Right(b), x.Result(c), default).Run();

    private readonly struct Rectify : IUnary
    {
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Max(x, V.Constant(0));
    }
}
