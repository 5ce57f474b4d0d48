using System.Xml;

namespace ChainRule.Plots.Tests;

public sealed class LegibleTests
{
    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "abc…")]
    [InlineData("a\nb\tc", 9, "a b c")]
    [InlineData("ab🙂", 3, "ab…")]
    [InlineData("a\u202Eb", 9, "a b")]
    public void Text_is_cut_and_cleaned(string text, int atMost, string expected) => Assert.Equal(expected, Legible.Text(text, atMost));

    [Fact]
    public void Every_character_becomes_one_that_xml_allows()
    {
        for (int code = 0; code <= char.MaxValue; code++)
            Assert.True(Legible.Text(((char)code).ToString(), 9).All(XmlConvert.IsXmlChar), $"U+{code:X4}");
    }
}
