using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace RnnLm.Pipelines;

/// <summary>A payload as pipelines carried it first: settings, their checksum, and the content as base64, about a million characters a piece.</summary>
internal static class Base64Payload
{
    private const int SettingsPieces = 2;

    /// <summary>Reads a payload.</summary>
    /// <exception cref="InvalidDataException">It was altered or cut short; alterations of the content are for its reader to find.</exception>
    public static CarriedPayload Read(ReadOnlySpan<ReadOnlyMemory<char>> pieces)
    {
        if (pieces.Length < SettingsPieces || !pieces[1].Span.SequenceEqual(ChecksumOf(pieces[0].Span)))
            throw new InvalidDataException("This ML.NET model file is damaged: the settings in it cannot be read.");
        return new CarriedPayload(pieces[0].ToString(), new MemoryStream(Decode(pieces[SettingsPieces..])));
    }

    private static string ChecksumOf(ReadOnlySpan<char> settings) => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(settings)));

    private static byte[] Decode(ReadOnlySpan<ReadOnlyMemory<char>> pieces)
    {
        var count = 0L;
        foreach (var piece in pieces) count += piece.Length / 4 * 3;
        var bytes = new byte[count];
        var length = 0;
        foreach (var piece in pieces)
        {
            if (!Convert.TryFromBase64Chars(piece.Span, bytes.AsSpan(length), out var written))
                throw new InvalidDataException("This ML.NET model file is damaged: what it carries is not base64.");
            length += written;
        }
        Array.Resize(ref bytes, length);
        return bytes;
    }
}
