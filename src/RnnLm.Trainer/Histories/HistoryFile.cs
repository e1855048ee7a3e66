using System.Text.Json;
using RnnLm.Persistence;

namespace RnnLm.Training;

/// <summary>
/// The file of a history, to which lines are added as things happen. It is open only while a line is written, so that others can read it at any time. What could
/// not be written is written with the next line.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="files">The file system.</param>
internal sealed class HistoryFile(string path, FileSystem files)
{
    // Bytes: more than the lines of any run.
    private const int MostWaiting = 1 << 24;
    private const int MostKept = 1 << 28;

    private readonly MemoryStream waiting = new();
    private long length; // of what was written whole
    private bool isBrokenOff; // so that a part of a line may stand behind that

    /// <summary>Begins the file anew.</summary>
    /// <returns>Why it could not be written; null where it was.</returns>
    public Exception? Begin(byte[] line)
    {
        length = 0;
        waiting.SetLength(0);
        waiting.Write(line);
        return Write(FileMode.Create);
    }

    /// <summary>Keeps what the file has from its beginning, for as long as it is right, and cuts off the rest.</summary>
    /// <param name="isRight">Whether a line, which is an object, belongs to what is kept.</param>
    /// <returns>Whether something was kept: otherwise the file is to be begun anew.</returns>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read or written.</exception>
    public bool Continue(Predicate<JsonElement> isRight)
    {
        if (!files.Look(path).Exists) return false;
        using var stream = files.Open(path, Options(FileMode.Open, FileAccess.ReadWrite));
        if (!stream.CanSeek || stream.Length > MostKept) return false;
        length = LengthOfRight(stream, isRight);
        if (length > 0) stream.SetLength(length);
        return length > 0;
    }

    /// <summary>Goes on behind what has been read already, and cuts off the rest.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void ContinueAt(long end)
    {
        using var stream = files.Open(path, Options(FileMode.Open, FileAccess.Write));
        stream.SetLength(end);
        length = end;
    }

    /// <summary>Adds a line.</summary>
    /// <returns>Why it could not be written; null where it was, and all that waited.</returns>
    public Exception? Append(byte[] line)
    {
        if (waiting.Length + line.Length <= MostWaiting) waiting.Write(line);
        return Write(FileMode.Open);
    }

    private Exception? Write(FileMode mode)
    {
        try
        {
            using var stream = files.Open(path, Options(mode, FileAccess.Write));
            // Nor has a device a length, though it may say that it can be sought in.
            if (stream.CanSeek && !FileIdentity.IsDevice(path)) WriteAtEnd(stream);
            else WriteWaiting(stream);
            waiting.SetLength(0);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return fault;
        }
        catch (ArgumentOutOfRangeException fault) when (FileSystem.IsOfLength(fault))
        {
            return new IOException(FileSystem.TooLong("The file"), fault);
        }
    }

    private void WriteAtEnd(FileStream stream)
    {
        if (isBrokenOff ? stream.Length < length : stream.Length != length) throw new IOException("Somebody else has changed the file.");
        stream.SetLength(length);
        stream.Position = length;
        isBrokenOff = true;
        WriteWaiting(stream);
        isBrokenOff = false;
        length += waiting.Length;
    }

    private void WriteWaiting(FileStream stream) => stream.Write(waiting.GetBuffer().AsSpan(0, (int)waiting.Length));

    private static long LengthOfRight(FileStream stream, Predicate<JsonElement> isRight)
    {
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var right = 0;
        while (content.AsSpan(right).IndexOf((byte)'\n') is >= 0 and var end && IsRight(content.AsMemory(right, end), isRight)) right += end + 1;
        return right;
    }

    private static bool IsRight(ReadOnlyMemory<byte> line, Predicate<JsonElement> isRight)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object && isRight(json.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return false;
        }
    }

    private static FileStreamOptions Options(FileMode mode, FileAccess access)
        => new() { Mode = mode, Access = access, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
}
