using System.Text;
using RnnLm.Safetensors;

namespace RnnLm.Persistence;

/// <summary>
/// The checksum of a safetensors file, which its own metadata have: the CRC-32C of the whole file, eight hexadecimal digits, worked out with these digits
/// as zeros.
/// </summary>
internal static class FileChecksum
{
    /// <summary>Its name in the metadata.</summary>
    public const string Key = "crc32c";

    /// <summary>The digits of one that is not known yet.</summary>
    public const string Unknown = "00000000";

    /// <summary>Where a file has its digits; nothing where it has not eight of them.</summary>
    /// <param name="file">The file, or as much of it as its header.</param>
    /// <param name="header">What the header says.</param>
    public static Span<byte> DigitsIn(Span<byte> file, SafetensorsHeader header)
        => header.Metadata.GetValueOrDefault(Key)?.Length == Unknown.Length ? file.Slice(sizeof(ulong) + header.StartOf(Key), Unknown.Length) : [];

    /// <summary>Begins the checksum of a file that is read: what follows the header is to be appended.</summary>
    /// <param name="headerBytes">The header as it lies in the file, whose digits become zeros.</param>
    /// <param name="header">What it says.</param>
    public static Crc32C Begin(byte[] headerBytes, SafetensorsHeader header)
    {
        DigitsIn(headerBytes, header).Fill((byte)'0');
        var checksum = Crc32C.Start();
        checksum.Append(headerBytes);
        return checksum;
    }

    /// <summary>Throws where a file that was read to its end has another checksum than when it was written.</summary>
    /// <param name="checksum">What it has come to.</param>
    /// <param name="header">What the header says.</param>
    /// <exception cref="ModelFormatException">It has. A file that has no checksum is taken as it is.</exception>
    public static void Check(Crc32C checksum, SafetensorsHeader header)
    {
        if (header.Metadata.GetValueOrDefault(Key) is { } expected && checksum.ToString() != expected)
            throw new ModelFormatException($"The file has been altered or damaged: its checksum is {checksum}, and {expected} when it was written.");
    }

    /// <summary>The checksum of a file that is written.</summary>
    /// <param name="headerBytes">Its header, with the digits as zeros.</param>
    /// <param name="forEachPiece">Hands over the pieces of what follows.</param>
    public static string Of(byte[] headerBytes, Action<PieceWriter> forEachPiece)
    {
        var checksum = Crc32C.Start();
        checksum.Append(headerBytes);
        forEachPiece(piece => checksum.Append(piece));
        return checksum.ToString();
    }

    /// <summary>Writes the checksum into the header of a file that is written.</summary>
    /// <inheritdoc cref="Of"/>
    public static void Write(byte[] headerBytes, Action<PieceWriter> forEachPiece)
        => Encoding.ASCII.GetBytes(Of(headerBytes, forEachPiece), DigitsIn(headerBytes, SafetensorsHeader.Parse(headerBytes.AsSpan(sizeof(ulong)))));
}
