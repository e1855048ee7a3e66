using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RnnLm.Pipelines;

/// <summary>
/// What a model file of ML.NET's carries for one of our components, as text in one or more pieces: settings, which are JSON, and content.
/// </summary>
/// <remarks>
/// <para>The bytes: a head of <see cref="HeadLength"/>; the length of the settings, 4 bytes; the settings in UTF-8; the content. The head: eight
/// bytes that say what this is, the last of them its version; the length of all that follows the head, 8 bytes; the SHA-256 of all that follows
/// the head; 12 bytes of zero. Numbers are little-endian. By the SHA-256 two payloads whose first pieces are equal are one and the same.</para>
/// <para>Pipelines that were saved before have the settings in the first piece, their checksum in the second, and the content as base64 in
/// the others (<see cref="Base64Payload"/>).</para>
/// </remarks>
/// <param name="Settings">The settings.</param>
/// <param name="Content">The content, from the stream's position to its end.</param>
internal sealed record CarriedPayload(string Settings, Stream Content)
{
    /// <summary>The column that a payload comes in.</summary>
    public const string ColumnName = "__RnnLm.Payload";

    /// <summary>A multiple of <see cref="PackedText.BytesInBlock"/>, so that it can be written when the rest is known.</summary>
    public const int HeadLength = 60;

    /// <summary>Pieces of 8 MB: ML.NET holds a few copies of one while it reads or writes it, and each costs a row about 100 ns.</summary>
    private const int BlocksInPiece = 1 << 19;

    private const byte Version = 1;
    private const int LengthPlace = 8;
    private const int HashPlace = 16;
    private const int HashEnd = HashPlace + SHA256.HashSizeInBytes;
    private const int BytesAtATime = 1 << 16;

    private static ReadOnlySpan<byte> Mark => "RnnLm.P"u8;

    /// <summary>Writes a payload.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="writeContent">Writes the content.</param>
    /// <param name="before">What is to stand before each piece.</param>
    /// <param name="after">What is to stand after each piece.</param>
    /// <returns>The pieces.</returns>
    public static string[] Write(string settings, Action<Stream> writeContent, string before = "", string after = "")
    {
        Span<byte> head = stackalloc byte[HeadLength];
        head.Clear();
        var text = new PackedTextWriter(before, after, BlocksInPiece);
        text.Write(head);
        using var hash = SHA256.Create();
        var settingsBytes = Encoding.UTF8.GetBytes(settings);
        var settingsLength = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(settingsLength, settingsBytes.Length);
        using (var hashed = new CryptoStream(text, hash, CryptoStreamMode.Write, leaveOpen: true))
        {
            hashed.Write(settingsLength);
            hashed.Write(settingsBytes);
            writeContent(hashed);
        }
        Mark.CopyTo(head);
        head[Mark.Length] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(head[LengthPlace..], text.Length - HeadLength);
        hash.Hash!.CopyTo(head[HashPlace..]);
        return text.Finish(head);
    }

    /// <summary>Reads a payload of either kind, and finds whether it is as it was written.</summary>
    /// <param name="pieces">The pieces.</param>
    /// <exception cref="InvalidDataException">It is not, or a newer version wrote it.</exception>
    public static CarriedPayload Read(ReadOnlySpan<ReadOnlyMemory<char>> pieces)
        => pieces.IsEmpty || !PackedText.Begins(pieces[0].Span) ? Base64Payload.Read(pieces) : Read(new PackedTextReader(pieces));

    private static CarriedPayload Read(PackedTextReader text)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        if (text.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false) < HeadLength || !head.StartsWith(Mark)) throw Damaged();
        if (head[Mark.Length] > Version)
        {
            throw new InvalidDataException(
                $"This ML.NET model file was written by a newer version of RnnLm.Transforms: what it carries has version {head[Mark.Length]}, "
                + $"and this one reads up to {Version}. Update the package.");
        }
        var length = BinaryPrimitives.ReadInt64LittleEndian(head[LengthPlace..]);
        var isWhole = length is >= sizeof(int) && length <= text.Length && PackedText.CharactersFor(HeadLength + length) == text.Characters;
        if (!isWhole || head[Mark.Length] != Version || head[HashEnd..].ContainsAnyExcept((byte)0)) throw Damaged();

        text.SetLength(HeadLength + length);
        if (!HashOf(text).AsSpan().SequenceEqual(head[HashPlace..HashEnd])) throw Damaged();
        text.Position = HeadLength;
        return new CarriedPayload(ReadSettings(text), text);
    }

    private static string ReadSettings(PackedTextReader text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        text.ReadExactly(length);
        var count = BinaryPrimitives.ReadInt32LittleEndian(length);
        if (count < 0 || count > text.Length - text.Position) throw Damaged();
        var settings = new byte[count];
        text.ReadExactly(settings);
        return Encoding.UTF8.GetString(settings);
    }

    private static byte[] HashOf(PackedTextReader stream)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BytesAtATime];
        for (int count; (count = stream.Read(buffer)) > 0;) hash.AppendData(buffer, 0, count);
        return hash.GetHashAndReset();
    }

    private static InvalidDataException Damaged() => new("This ML.NET model file is damaged: what it carries was altered or cut short.");
}
