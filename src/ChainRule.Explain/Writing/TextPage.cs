namespace ChainRule.Explain.Writing;
internal static class TextPage { public static string Write(Explanation e, int width, bool isPlain) => ""; }
