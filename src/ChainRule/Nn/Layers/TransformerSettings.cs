namespace ChainRule.Nn;

/// <summary>What the layers of a Transformer ask of their arguments, each under its own name.</summary>
internal static class TransformerSettings
{
    public static void Require(string layer, int size, int heads, int feedForward, double dropout, double epsilon, RotaryEncoding? rotary, DType dtype)
    {
        MultiheadAttention.RequireSizes(layer, size, heads, dropout, rotary, dtype);
        Bounds.AtLeast(feedForward, 1, layer, nameof(feedForward));
        Bounds.NotNegative(epsilon, layer, nameof(epsilon));
    }
}
