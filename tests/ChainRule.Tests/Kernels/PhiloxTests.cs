using System.Numerics;
using ChainRule.Kernels;
using ChainRule.Tests.Kernels.Loops;

namespace ChainRule.Tests.Kernels;

[Collection<Alone>]
public sealed unsafe class PhiloxTests
{
    private const ulong Key = 0x0123456789ABCDEF;

    /// <summary>Known answers of the authors' own library, Random123.</summary>
    [Theory]
    [InlineData(0UL, 0UL, 0UL, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x299f31d0a4093822UL, 0x85a308d3243f6a88UL, 0x0370734413198a2eUL, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Blocks_are_those_of_the_paper(ulong key, ulong low, ulong high, uint first, uint second, uint third, uint fourth) =>
        Assert.Equal((first, second, third, fourth), Philox.Block(key, low, high));

    [Fact]
    public void Words_are_the_blocks_in_order()
    {
        foreach (int count in new[] { 1, 2, 3, 4, 5, 63, 64, 65, 130, 1024, 1027, 5001 })
        {
            var words = new Guarded<uint>(count);
            Philox.Bits(Key, words.Pointer, count);
            Bits.Same<uint>([.. Blocks().Take(count)], words.Elements(), count);
        }
    }

    [Fact]
    public void Uniform_floats_are_the_upper_24_bits_of_a_word()
    {
        var y = new Guarded<float>(3001);
        Philox.Uniform(Key, y.Pointer, 3001);
        Bits.Same<float>([.. Blocks().Take(3001).Select(word => (word >> 8) / 16777216f)], y.Elements(), "uniform");
    }

    [Fact]
    public void Uniform_doubles_are_the_upper_53_bits_of_two_words()
    {
        var y = new Guarded<double>(3001);
        Philox.Uniform(Key, y.Pointer, 3001);
        Bits.Same<double>([.. Pairs().Take(3001).Select(pair => (pair >> 11) / 9007199254740992.0)], y.Elements(), "uniform");
    }

    [Fact]
    public void Uniform_elements_have_the_moments_of_the_interval()
    {
        const int Count = 200_000;
        var y = new Guarded<float>(Count);
        Philox.Uniform(Key, y.Pointer, Count);
        float[] x = y.Elements();
        Assert.All(x, v => Assert.InRange(v, 0f, 0.99999994f));
        // Five standard errors: 0.29 and 0.3 over the root of the count.
        Assert.InRange(x.Average(v => (double)v), 0.5 - 0.0033, 0.5 + 0.0033);
        Assert.InRange(x.Average(v => (double)v * v), 1 / 3.0 - 0.0034, 1 / 3.0 + 0.0034);
        for (int tenth = 0; tenth < 10; tenth++)
            Assert.InRange(x.Count(v => (int)(v * 10) == tenth), 20_000 - 700, 20_000 + 700);
    }

    [Fact]
    public void Normal_elements_have_the_moments_and_the_tails_of_the_distribution()
    {
        const int Count = 400_000;
        var y = new Guarded<double>(Count);
        Philox.Normal(Key, y.Pointer, Count);
        double[] x = y.Elements();
        // Five standard errors each: the variances of x, x^2, x^3 and x^4 are 1, 2, 15 and 96.
        double error = 5 / Math.Sqrt(Count);
        Assert.InRange(x.Average(), -error, error);
        Assert.InRange(x.Average(v => v * v), 1 - 1.42 * error, 1 + 1.42 * error);
        Assert.InRange(x.Average(v => v * v * v), -3.9 * error, 3.9 * error);
        Assert.InRange(x.Average(v => v * v * v * v), 3 - 9.8 * error, 3 + 9.8 * error);
        // Shares beyond 1, 2, 3 and 4 standard deviations.
        foreach ((double bound, double share) in new[] { (1.0, 0.3173105), (2.0, 0.0455003), (3.0, 0.0026998), (4.0, 6.3342e-5) })
            Assert.InRange(x.Count(v => Math.Abs(v) > bound), Count * share - 5 * Math.Sqrt(Count * share), Count * share + 5 * Math.Sqrt(Count * share));
        Assert.All(x, v => Assert.InRange(Math.Abs(v), 0, 8.58));
        // Elements of one pair share a radius and must not be correlated.
        Assert.InRange(x.Chunk(2).Average(pair => pair[0] * pair[1]), -1.5 * error, 1.5 * error);
    }

    [Fact]
    public void Normal_elements_are_those_of_Box_and_Muller()
    {
        var y = new Guarded<double>(2001);
        Philox.Normal(Key, y.Pointer, 2001);
        double[] words = [.. Pairs().Take(2002).Select(pair => (pair >> 11) / 9007199254740992.0)];
        double[] x = y.Elements();
        for (int i = 0; i < x.Length; i++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(words[i / 2 * 2] + Math.ScaleB(1, -53))), angle = 2 * Math.PI * words[i / 2 * 2 + 1];
            Assert.Equal(radius * (i % 2 == 0 ? Math.Cos(angle) : Math.Sin(angle)), x[i], 1e-14 * Math.Max(1, radius));
        }
    }

    [Fact]
    public void A_normal_float_is_the_double_of_the_same_element_rounded()
    {
        var singles = new Guarded<float>(3001);
        var doubles = new Guarded<double>(3001);
        Philox.Normal(Key, singles.Pointer, 3001);
        Philox.Normal(Key, doubles.Pointer, 3001);
        Bits.Same<float>([.. doubles.Elements().Select(v => (float)v)], singles.Elements(), "normal");
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(8)]
    public void An_element_depends_on_the_key_and_its_index_alone(int threads)
    {
        using var _ = new Threads(threads);
        Prefixes_agree<float>(Philox.Normal);
        Prefixes_agree<double>(Philox.Normal);
        Prefixes_agree<float>(Philox.Uniform);
        Prefixes_agree<double>(Philox.Uniform);
        Prefixes_agree<uint>(Philox.Bits);
    }

    [Fact]
    public void Children_of_a_key_differ_from_each_other_and_from_its_draws()
    {
        var seen = new HashSet<ulong> { Key };
        for (ulong index = 0; index < 2000; index++)
            Assert.True(seen.Add(Philox.Derive(Key, index)));
        Assert.All(Pairs().Take(2000), pair => Assert.True(seen.Add(pair)));
        Assert.NotEqual(Philox.Derive(1, 0), Philox.Derive(2, 0));
        Assert.NotEqual(Philox.Derive(Key, 1UL << 40), Philox.Derive(Key, 0));
    }

    private delegate void Draw<T>(ulong key, T* y, long count) where T : unmanaged;

    private static void Prefixes_agree<T>(Draw<T> draw) where T : unmanaged
    {
        const int Longest = 70_001;
        var whole = new Guarded<T>(Longest);
        draw(Key, whole.Pointer, Longest);
        T[] elements = whole.Elements();
        foreach (int count in new[] { 0, 1, 2, 3, 15, 1000, 1023, 1024, 1025, 33_333 })
        {
            var part = new Guarded<T>(count);
            draw(Key, part.Pointer, count);
            Bits.Same<T>(elements.AsSpan(0, count), part.Elements(), count);
        }
        var other = new Guarded<T>(100);
        draw(Key + 1, other.Pointer, 100);
        Assert.True(other.Elements().Zip(elements).Count(pair => pair.First.Equals(pair.Second)) < 3);
    }

    private static IEnumerable<uint> Blocks()
    {
        for (ulong block = 0; ; block++)
        {
            (uint first, uint second, uint third, uint fourth) = Philox.Block(Key, block, 0);
            yield return first;
            yield return second;
            yield return third;
            yield return fourth;
        }
    }

    private static IEnumerable<ulong> Pairs() => Blocks().Chunk(2).Select(pair => pair[0] | ((ulong)pair[1] << 32));
}
