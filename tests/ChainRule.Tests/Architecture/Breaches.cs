namespace ChainRule.Tests.Architecture;

/// <summary>Fails with every breach on a line of its own; the collection assertions cut long lines short.</summary>
internal static class Breaches
{
    public static void None(IEnumerable<string> breaches)
    {
        string text = string.Join('\n', breaches);
        Assert.True(text.Length == 0, text);
    }
}
