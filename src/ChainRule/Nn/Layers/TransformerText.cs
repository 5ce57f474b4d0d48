namespace ChainRule.Nn;

/// <summary>How the layers of a Transformer stand in tables.</summary>
internal static class TransformerText
{
    /// <summary>For example <c>TransformerEncoderLayer(512, heads: 8, 2048, Gelu, norm first)</c>.</summary>
    public static string Of(Module layer, MultiheadAttention attention, Linear first, Module activation, bool normFirst)
    {
        Shape sizes = first.Weight.Value.Shape;
        return $"{layer.GetType().Name}({sizes[1]}, heads: {attention.Heads}, {sizes[0]}, {activation}{(normFirst ? ", norm first" : "")})";
    }
}
