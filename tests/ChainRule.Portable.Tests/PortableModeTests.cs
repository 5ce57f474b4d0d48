namespace ChainRule.Portable.Tests;

public sealed class PortableModeTests
{
    private static readonly Lazy<PortableRun> Portable = new(() => PortableRun.In("1"));
    private static readonly Lazy<PortableRun> Default = new(() => PortableRun.In(null));

    [Theory]
    [InlineData("EnableAVX512"), InlineData("EnableAVX2"), InlineData("EnableHWIntrinsic")]
    public void Narrower_vectors_give_the_same_bits(string switchedOff)
    {
        PortableRun narrow = PortableRun.In("1", switchedOff);
        Assert.True(narrow.IsPortable);
        Assert.Equal(Portable.Value.Hashes, narrow.Hashes);
    }

    [Theory]
    [InlineData(2), InlineData(3)]
    public void More_threads_give_the_same_bits(int threads) =>
        Assert.Equal(Portable.Value.Hashes, PortableRun.In("1", threads: threads).Hashes);

    [Theory]
    [InlineData(null, false), InlineData("", false), InlineData("0", false), InlineData("1", true), InlineData("true", true), InlineData("True", true)]
    public void The_variable_asks_for_the_mode(string? value, bool isPortable) => Assert.Equal(isPortable, PortableRun.In(value).IsPortable);

    // The tests' own process does not ask for the mode.
    [Fact]
    public void The_mode_is_off_unless_it_is_asked_for() => Assert.False(Engine.IsPortable);

    [Theory]
    [InlineData("arithmetic of floats"), InlineData("relu of floats"), InlineData("sqrt of doubles"), InlineData("maximum of doubles"), InlineData("sums"), InlineData("extremes")]
    public void What_has_no_fused_product_has_the_bits_of_the_default_mode(string program) =>
        Assert.Equal(Default.Value.Hashes[program], Portable.Value.Hashes[program]);

    [Theory]
    [InlineData("exp of floats"), InlineData("exp of doubles"), InlineData("products"), InlineData("tiny products"), InlineData("xor"), InlineData("spiral")]
    public void What_has_fused_products_has_bits_of_its_own(string program) =>
        Assert.NotEqual(Default.Value.Hashes[program], Portable.Value.Hashes[program]);

    [Theory]
    [InlineData("xor"), InlineData("spiral")]
    public void A_compiled_step_has_the_bits_of_the_eager_one(string network)
    {
        Assert.Equal(Portable.Value.Hashes[network], Portable.Value.Hashes[$"{network}, compiled"]);
        Assert.Equal(Default.Value.Hashes[network], Default.Value.Hashes[$"{network}, compiled"]);
    }
}
