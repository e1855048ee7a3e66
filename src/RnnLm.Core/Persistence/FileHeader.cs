using System.Buffers.Binary;
using RnnLm.Safetensors;

namespace RnnLm.Persistence;

/// <summary>What a safetensors file says of itself, before it is read.</summary>
internal static class FileHeader
{
    /// <summary>
    /// The header of a file, also of one that is cut short behind it, of which reading it tells what is wrong; null where there is none. What cannot be read, and what cannot be read twice, has none.
    /// </summary>
    public static SafetensorsHeader? FindAt(string path, FileSystem files)
    {
        try
        {
            // A pipe, which has no length, can be opened once.
            if (files.Look(path) is not { Exists: true, Length: > 0 }) return null;
            using var stream = files.OpenToRead(path);
            return stream.CanSeek ? Find(stream) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ModelFormatException or ArgumentException)
        {
            return null;
        }
    }

    private static SafetensorsHeader? Find(Stream stream)
    {
        Span<byte> lengthBytes = stackalloc byte[sizeof(ulong)];
        stream.ReadExactly(lengthBytes);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length > (ulong)Math.Min(SafetensorsHeader.MaximumLength, stream.Length)) return null;
        var json = new byte[length];
        stream.ReadExactly(json);
        return SafetensorsHeader.Parse(json);
    }
}
