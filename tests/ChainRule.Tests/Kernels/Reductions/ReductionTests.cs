using System.Numerics;
using ChainRule.Kernels;
using ChainRule.Tests.Kernels.Loops;

namespace ChainRule.Tests.Kernels.Reductions;

[Collection<Alone>]
public sealed unsafe class ReductionTests
{
    private static readonly int[] Lengths =
        [.. Enumerable.Range(1, 100), 511, 512, 513, 1023, 1024, 1025, 1536, 2047, 2048, 2049, 3 * 1024 + 17, 5 * 1024, 7 * 1024 + 1, 100_003];

    /// <summary>Sizes and how many of the axes are kept: rows, columns, all, none, several on either side, with axes of size 1.</summary>
    private static readonly (long[] Sizes, int Kept)[] Shapes =
    [
        ([], 0), ([1], 0), ([1], 1), ([40], 0), ([40], 1), ([3, 5], 1), ([5, 3], 0), ([70, 33], 1), ([3, 2100], 1), ([1, 1500, 1], 1),
        ([2, 3, 4], 1), ([2, 3, 4], 2), ([5, 7, 3, 11], 2), ([5, 7, 3, 11], 1), ([5, 7, 3, 11], 3), ([200, 1, 40], 1), ([150, 1200], 1), ([9, 50, 47], 1),
    ];

    [Fact]
    public void Contiguous_floats_follow_the_tree_at_every_length() => Lengths_agree<float>();

    [Fact]
    public void Contiguous_doubles_follow_the_tree_at_every_length() => Lengths_agree<double>();

    [Fact]
    public void Contiguous_ints_and_longs_of_every_length()
    {
        Lengths_agree<int>();
        Lengths_agree<long>();
    }

    [Fact]
    public void Floats_of_every_layout_follow_the_tree() => Layouts_agree<float>();

    [Fact]
    public void Doubles_of_every_layout_follow_the_tree() => Layouts_agree<double>();

    [Fact]
    public void Ints_and_longs_of_every_layout()
    {
        Layouts_agree<int>();
        Layouts_agree<long>();
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(8)]
    public void The_number_of_threads_changes_nothing(int threads)
    {
        using var _ = new Threads(threads);
        foreach ((long[] sizes, int kept) in new (long[], int)[] { ([300_001], 0), ([2, 200_000], 1), ([400, 150], 1), ([1100, 64], 0), ([40, 17, 90], 1) })
        {
            foreach (View<float> x in View<float>.Layouts(sizes, Value<float>))
                Sum_agrees(x, kept, $"{x}, {kept} kept, {threads} threads");
        }
    }

    [Fact]
    public void Columns_follow_the_tree_across_many_blocks()
    {
        foreach (long[] sizes in new long[][] { [1, 2500], [37, 3000], [130, 2049], [16, 5 * 1024] })
        {
            // The results' axis is the inner one in memory.
            View<float> x = View<float>.Layouts(sizes, Value<float>).Single(view => view.ToString().StartsWith("transposed", StringComparison.Ordinal));
            Sum_agrees(x, 1, x);
        }
    }

    [Fact]
    public void The_order_matters_for_the_data_of_these_tests()
    {
        View<float> x = View<float>.Contiguous([5000], Value<float>);
        float straight = 0;
        foreach (float element in x.Elements())
            straight += element;
        Assert.NotEqual(straight, TreeReference.Of<float>(x.Elements(), (a, b) => a + b));
    }

    [Fact]
    public void Nothing_sums_to_0_and_multiplies_to_1()
    {
        var result = new Guarded<float>(3);
        Reduction.Sum(View<float>.Contiguous([3, 0], i => i).Strided, 1, result.Pointer);
        Bits.Same<float>([0, 0, 0], result.Elements(), "sum");
        Reduction.Product(View<float>.Contiguous([3, 0], i => i).Strided, 1, result.Pointer);
        Bits.Same<float>([1, 1, 1], result.Elements(), "product");
        var total = new Guarded<long>(1);
        Reduction.Sum(View<long>.Contiguous([0], i => i).Strided, 0, total.Pointer);
        Assert.Equal(0, total.Elements()[0]);
        Reduction.Product(View<long>.Contiguous([0, 5], i => i).Strided, 0, total.Pointer);
        Assert.Equal(1, total.Elements()[0]);
        // No result at all: nothing is written.
        Reduction.Sum(View<float>.Contiguous([0, 3], i => i).Strided, 1, new Guarded<float>(0).Pointer);
    }

    [Fact]
    public void Negative_zeros_sum_to_negative_zero()
    {
        foreach (int length in new[] { 1, 3, 16, 17, 1024, 5000 })
        {
            var result = new Guarded<float>(1);
            Reduction.Sum(View<float>.Contiguous([length], _ => -0f).Strided, 0, result.Pointer);
            Bits.Same<float>([-0f], result.Elements(), length);
            Reduction.Sum(View<float>.Contiguous([length], i => i == length / 2 ? 0f : -0f).Strided, 0, result.Pointer);
            Bits.Same<float>([0f], result.Elements(), length);
        }
    }

    [Fact]
    public void Max_and_min_take_NaN_from_anywhere_and_order_the_zeros()
    {
        foreach (int length in new[] { 1, 2, 15, 16, 33, 1024, 1500 })
        {
            foreach (int place in new[] { 0, length / 2, length - 1 })
            {
                View<double> withNaN = View<double>.Contiguous([length], i => i == place ? double.NaN : i), zeros = View<double>.Contiguous([length], i => i == place ? 0.0 : -0.0);
                var result = new Guarded<double>(1);
                Reduction.Max(withNaN.Strided, 0, result.Pointer);
                Assert.True(double.IsNaN(result.Elements()[0]));
                Reduction.Min(withNaN.Strided, 0, result.Pointer);
                Assert.True(double.IsNaN(result.Elements()[0]));
                Reduction.Max(zeros.Strided, 0, result.Pointer);
                Bits.Same<double>([0.0], result.Elements(), length);
                Reduction.Min(zeros.Strided, 0, result.Pointer);
                Bits.Same<double>([length == 1 ? 0.0 : -0.0], result.Elements(), length);
            }
        }
    }

    [Fact]
    public void Any_and_all_of_every_layout()
    {
        foreach ((long[] sizes, int kept) in Shapes)
        {
            foreach (int every in new[] { 1, 2, 50, 10_000 })
            {
                foreach (View<byte> x in View<byte>.Layouts(sizes, i => (i + 1) % every == 0 ? (byte)1 : (byte)0))
                {
                    byte[][] groups = Groups(x, kept);
                    var result = new Guarded<byte>(groups.Length);
                    Reduction.Any(x.Strided, kept, result.Pointer);
                    Bits.Same<byte>([.. groups.Select(group => group.Contains((byte)1) ? (byte)1 : (byte)0)], result.Elements(), $"any {x}");
                    Reduction.All(x.Strided, kept, result.Pointer);
                    Bits.Same<byte>([.. groups.Select(group => group.Contains((byte)0) ? (byte)0 : (byte)1)], result.Elements(), $"all {x}");
                }
            }
        }
    }

    [Fact]
    public void Nothing_holds_for_all_and_not_for_any()
    {
        var result = new Guarded<byte>(2);
        Reduction.Any(View<byte>.Contiguous([2, 0], _ => 1).Strided, 1, result.Pointer);
        Assert.Equal([0, 0], result.Elements());
        Reduction.All(View<byte>.Contiguous([2, 0], _ => 1).Strided, 1, result.Pointer);
        Assert.Equal([1, 1], result.Elements());
    }

    private static void Lengths_agree<T>() where T : unmanaged, INumber<T>
    {
        foreach (int length in Lengths)
            All_agree(View<T>.Contiguous([length], Value<T>), 0);
    }

    private static void Layouts_agree<T>() where T : unmanaged, INumber<T>
    {
        foreach ((long[] sizes, int kept) in Shapes)
        {
            foreach (View<T> x in View<T>.Layouts(sizes, Value<T>))
                All_agree(x, kept);
        }
    }

    private static void All_agree<T>(View<T> x, int kept) where T : unmanaged, INumber<T>
    {
        T[][] groups = Groups(x, kept);
        var result = new Guarded<T>(groups.Length);
        Reduction.Sum(x.Strided, kept, result.Pointer);
        Bits.Same<T>([.. groups.Select(group => TreeReference.Of<T>(group, (a, b) => a + b))], result.Elements(), $"sum of {x}, {kept} kept");
        Reduction.Product(x.Strided, kept, result.Pointer);
        Bits.Same<T>([.. groups.Select(group => TreeReference.Of<T>(group, (a, b) => a * b))], result.Elements(), $"product of {x}, {kept} kept");
        Reduction.Max(x.Strided, kept, result.Pointer);
        Bits.Same<T>([.. groups.Select(group => group.Max())], result.Elements(), $"max of {x}, {kept} kept");
        Reduction.Min(x.Strided, kept, result.Pointer);
        Bits.Same<T>([.. groups.Select(group => group.Min())], result.Elements(), $"min of {x}, {kept} kept");

        var places = new Guarded<long>(groups.Length);
        Reduction.ArgMax(x.Strided, kept, places.Pointer);
        Bits.Same<long>([.. groups.Select(group => (long)Array.IndexOf(group, group.Max()))], places.Elements(), $"argmax of {x}, {kept} kept");
        Reduction.ArgMin(x.Strided, kept, places.Pointer);
        Bits.Same<long>([.. groups.Select(group => (long)Array.IndexOf(group, group.Min()))], places.Elements(), $"argmin of {x}, {kept} kept");
    }

    private static void Sum_agrees(View<float> x, int kept, object context)
    {
        float[][] groups = Groups(x, kept);
        var result = new Guarded<float>(groups.Length);
        Reduction.Sum(x.Strided, kept, result.Pointer);
        Bits.Same<float>([.. groups.Select(group => TreeReference.Of<float>(group, (a, b) => a + b))], result.Elements(), context);
    }

    /// <summary>The elements behind each result, in row-major order.</summary>
    private static T[][] Groups<T>(View<T> x, int kept) where T : unmanaged
    {
        int size = (int)x.Sizes[kept..].Aggregate(1L, (product, next) => product * next);
        return [.. x.Elements().Chunk(size)];
    }

    /// <summary>Numbers of both signs over six decades, so that the order of additions shows.</summary>
    private static T Value<T>(int i) where T : unmanaged, INumber<T>
    {
        long scrambled = (i + 1) * 2654435761L % 1_000_003;
        double value = Math.ScaleB(scrambled / 1_000_003.0 - 0.5, (int)(scrambled % 20) - 10);
        return T.CreateTruncating(0.5) == T.Zero ? T.CreateChecked(scrambled - 500_000) : T.CreateChecked(value);
    }
}
