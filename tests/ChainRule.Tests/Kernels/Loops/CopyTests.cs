using ChainRule.Kernels;

namespace ChainRule.Tests.Kernels.Loops;

[Collection<Alone>]
public sealed unsafe class CopyTests
{
    private static readonly long[][] Shapes =
        [[], [1], [17], [3000], [0, 3], [3, 4], [16, 16], [17, 33], [40, 60], [2, 1100], [3, 5, 7], [2, 3, 4, 5, 6], [1, 9, 1, 20], [300, 211]];

    [Fact]
    public void Bytes_from_every_layout_to_every_layout() => Copies(i => (byte)i);

    [Fact]
    public void Floats_from_every_layout_to_every_layout() => Copies(i => BitConverter.Int32BitsToSingle(i * 2654435));

    [Fact]
    public void Longs_from_every_layout_to_every_layout() => Copies(i => i * 2654435761L);

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(8)]
    public void The_number_of_threads_changes_nothing(int threads)
    {
        using var _ = new Threads(threads);
        foreach (long[] sizes in new long[][] { [400_001], [500, 301], [1, 70_000, 3] })
            Copies(i => i, sizes);
    }

    [Fact]
    public void Fill_writes_the_elements_and_nothing_else()
    {
        foreach (long[] sizes in Shapes)
        {
            foreach (View<double> target in View<double>.Layouts(sizes, i => i))
            {
                double[] expected = [.. target.Memory];
                for (long i = 0; i < target.Count; i++)
                    expected[target.Place(i)] = -1.5;
                Elementwise.Fill(-1.5, target.Strided);
                Bits.Same<double>(expected, target.Memory, target);
            }
        }
    }

    [Fact]
    public void Fill_of_a_long_row()
    {
        View<byte> target = View<byte>.Contiguous([1_000_003], i => 0);
        Elementwise.Fill((byte)7, target.Strided);
        Assert.Equal(-1, target.Memory.AsSpan().IndexOfAnyExcept((byte)7));
    }

    private static void Copies<T>(Func<int, T> element) where T : unmanaged
    {
        foreach (long[] sizes in Shapes)
            Copies(element, sizes);
    }

    private static void Copies<T>(Func<int, T> element, long[] sizes) where T : unmanaged
    {
        foreach (View<T> source in View<T>.Layouts(sizes, element))
        {
            T[] elements = source.Elements();
            foreach (View<T> target in View<T>.Layouts(sizes, i => element(i + 7)))
            {
                // Where elements share a place, any of them may be the last to be written.
                if (target.ToString().Contains("repeated", StringComparison.Ordinal) || target.ToString().Contains("one element", StringComparison.Ordinal))
                    continue;
                T[] expected = [.. target.Memory];
                for (long i = 0; i < elements.Length; i++)
                    expected[target.Place(i)] = elements[i];
                Elementwise.Copy(source.Strided, target.Strided);
                Bits.Same<T>(expected, target.Memory, $"{source} to {target}");
            }
        }
    }
}
