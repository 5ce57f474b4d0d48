namespace ChainRule.Playground.Lab;

/// <summary>A number that two runs share only if each of their losses has the same bits: FNV-1a, 64 bits.</summary>
public readonly record struct LossHash(ulong Value)
{
    public static LossHash Start { get; } = new(14695981039346656037);

    public LossHash With(double loss)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(loss), hash = Value;
        for (int i = 0; i < 64; i += 8)
            hash = unchecked((hash ^ (bits >> i & 255)) * 1099511628211);
        return new(hash);
    }

    public override string ToString() => Value.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}
