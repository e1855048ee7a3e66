namespace RnnLm.PyTorch.Pickles;

/// <summary>The CRC-32 of zip archives (ISO 3309; PKWARE's APPNOTE, 4.4.7), of bytes that come in pieces.</summary>
internal struct ZipChecksum
{
    private const int Slices = 8;

    // table[s * 256 + b]: what the byte b does to the checksum when s bytes of zero follow it.
    private static readonly uint[] Table = CreateTable();

    private uint inverted;

    /// <summary>The checksum of everything appended so far.</summary>
    public readonly uint Value => ~inverted;

    /// <summary>The checksum of nothing, to which bytes can be appended.</summary>
    public static ZipChecksum Start() => new() { inverted = uint.MaxValue };

    /// <summary>Appends bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var (crc, table) = (inverted, Table);
        for (; bytes.Length >= Slices; bytes = bytes[Slices..])
        {
            crc = table[(7 * 256) + (byte)(crc ^ bytes[0])]
                ^ table[(6 * 256) + (byte)((crc >> 8) ^ bytes[1])]
                ^ table[(5 * 256) + (byte)((crc >> 16) ^ bytes[2])]
                ^ table[(4 * 256) + (byte)((crc >> 24) ^ bytes[3])]
                ^ table[(3 * 256) + bytes[4]] ^ table[(2 * 256) + bytes[5]] ^ table[256 + bytes[6]] ^ table[bytes[7]];
        }
        foreach (var single in bytes) crc = table[(byte)(crc ^ single)] ^ (crc >> 8);
        inverted = crc;
    }

    private static uint[] CreateTable()
    {
        var table = new uint[Slices * 256];
        for (var i = 0u; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            table[i] = crc;
        }
        for (var i = 256; i < table.Length; i++) table[i] = table[(byte)table[i - 256]] ^ (table[i - 256] >> 8);
        return table;
    }
}
