using ChainRule.Kernels;

namespace ChainRule.Tests.Kernels.Loops;

public sealed unsafe class SelectTests
{
    private static readonly long[][] Shapes = [[], [1], [15], [16], [17], [33], [1030], [0, 4], [3, 5], [40, 60], [7, 150], [3, 5, 7]];

    [Fact]
    public void Chooses_the_bits_of_floats() => Chooses(i => BitConverter.Int32BitsToSingle(i * 2654435));

    [Fact]
    public void Chooses_the_bits_of_doubles() => Chooses(i => BitConverter.Int64BitsToDouble(i * 2654435761L << 20));

    [Fact]
    public void Chooses_among_ints() => Chooses(i => i * 265443);

    [Fact]
    public void Chooses_among_longs() => Chooses(i => i * 2654435761L << 20);

    [Fact]
    public void Chooses_among_bytes() => Chooses(i => (byte)(i * 31));

    [Fact]
    public void A_NaN_that_is_not_chosen_does_no_harm()
    {
        View<byte> mask = View<byte>.Contiguous([20], i => (byte)(i & 1));
        View<float> yes = View<float>.Contiguous([20], i => i), no = View<float>.Contiguous([20], i => (i & 1) == 0 ? -i : float.NaN);
        var result = new Guarded<float>(20);
        Elementwise.Select(mask.Strided, yes.Strided, no.Strided, result.Pointer);
        Assert.DoesNotContain(float.NaN, result.Elements());
    }

    private static void Chooses<T>(Func<int, T> element) where T : unmanaged
    {
        foreach (long[] sizes in Shapes)
        {
            View<byte>[] masks = [.. View<byte>.Layouts(sizes, i => (byte)(i * 13 / 7 & 1))];
            View<T>[] yes = [.. View<T>.Layouts(sizes, element)], no = [.. View<T>.Layouts(sizes, i => element(i + 1000))];
            for (int i = 0; i < masks.Length; i++)
            {
                View<T> first = yes[(3 * i + sizes.Length) % yes.Length], second = no[(5 * i + 1) % no.Length];
                var result = new Guarded<T>(masks[i].Count);
                Elementwise.Select(masks[i].Strided, first.Strided, second.Strided, result.Pointer);
                T[] x = first.Elements(), y = second.Elements();
                Bits.Same<T>([.. masks[i].Elements().Select((chosen, place) => chosen != 0 ? x[place] : y[place])], result.Elements(), $"{masks[i]}, {first}, {second}");
            }
        }
    }
}
