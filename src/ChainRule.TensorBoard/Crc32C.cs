namespace ChainRule.TensorBoard;

/// <summary>The checksum of TFRecord files: CRC-32C (Castagnoli, as in iSCSI, RFC 3720), turned and shifted so that a checksum of checksums is safe.</summary>
internal static class Crc32C
{
    private const uint Polynomial = 0x82F63B78, Mask = 0xA282EAD8;

    private static readonly uint[] _table = Table();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte one in bytes)
            crc = _table[(crc ^ one) & 0xFF] ^ crc >> 8;
        return ~crc;
    }

    public static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = Of(bytes);
        return unchecked((crc >> 15 | crc << 17) + Mask);
    }

    private static uint[] Table()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ Polynomial : crc >> 1;
            table[i] = crc;
        }
        return table;
    }
}
