namespace ChainRule.Cli.Tests;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("trian", "train", 1)]
    [InlineData("ab", "ba", 1)]
    [InlineData("CHECK", "check", 0)]
    // Restricted: a pair that was swapped is not touched again, so this takes three.
    [InlineData("ca", "abc", 3)]
    public void Distance_counts_slips(string first, string second, int distance)
    {
        Assert.Equal(distance, Suggestion.Distance(first, second));
        Assert.Equal(distance, Suggestion.Distance(second, first));
    }

    [Theory]
    [InlineData("trian", "; did you mean train?")]
    [InlineData("chekc", "; did you mean check?")]
    [InlineData("pred", "")]
    [InlineData("xyz", "")]
    public void Only_a_near_word_is_suggested(string word, string expected) => Assert.Equal(expected, Suggestion.For(word, ["train", "predict", "check"]));
}
