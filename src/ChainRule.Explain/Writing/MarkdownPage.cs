namespace ChainRule.Explain.Writing;
internal static class MarkdownPage { public static string Write(Explanation e) => ""; }
