using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace RnnLm.Text;

/// <summary>Reads lines from a stream of bytes that must be UTF-8.</summary>
internal sealed class Utf8LineReader(Stream stream, string name)
{
    private const int GreatestLine = 1 << 29;

    private const int UsualBuffer = 1 << 17;

    private byte[] buffer = new byte[UsualBuffer];
    private int start; // of the line that is next
    private int end; // of what has been read
    private long offset; // of the buffer's first byte in the stream
    private long lineNumber;
    private bool atEnd;
    private bool followsReturn; // a line feed that is next is part of the line end before

    /// <returns>The next line, or null after the last.</returns>
    internal string? ReadLine()
    {
        var searched = start;
        while (true)
        {
            if (followsReturn && start < end)
            {
                followsReturn = false;
                if (buffer[start] == '\n') searched = ++start;
            }
            var found = buffer.AsSpan(searched, end - searched).IndexOfAny((byte)'\n', (byte)'\r');
            if (found >= 0)
            {
                // What comes after a carriage return may be long in coming: the line does not wait for it.
                followsReturn = buffer[searched + found] == '\r';
                return Take(searched + found, next: searched + found + 1);
            }
            if (atEnd) return start < end ? Take(end, next: end) : null;
            searched = end - start;
            Fill();
        }
    }

    private string Take(int lineEnd, int next)
    {
        if (lineNumber++ == 0 && ForeignText.Describe(Beginning, mayBeUtf8: true) is { } description) throw NotUtf8(description, offset);
        var line = buffer.AsSpan(start, lineEnd - start);
        if (lineNumber > 1 && line.Contains((byte)0) && ForeignText.DescribeRest(Rest, mayBeUtf8: true) is { } mix) throw NotUtf8(mix, offset + start);
        if (!Utf8.IsValid(line)) throw NotUtf8(line);
        start = next;
        return Encoding.UTF8.GetString(line);
    }

    /// <summary>Moves the unfinished line to the buffer's begin and reads on behind it.</summary>
    private void Fill()
    {
        if (start > 0)
        {
            // A line that took much room is gone.
            var room = buffer.Length > UsualBuffer && end - start < UsualBuffer ? new byte[UsualBuffer] : buffer;
            buffer.AsSpan(start, end - start).CopyTo(room);
            buffer = room;
            offset += start;
            end -= start;
            start = 0;
        }
        else if (end == buffer.Length)
        {
            if (end >= GreatestLine)
                throw new InvalidDataException($"{name}, line {lineNumber + 1}: the line is longer than {GreatestLine} bytes. Split it into shorter lines.");
            Array.Resize(ref buffer, 2 * buffer.Length);
        }
        var isBegin = offset == 0 && end < 3;
        var read = stream.Read(buffer, end, buffer.Length - end);
        atEnd = read == 0;
        end += read;
        if (isBegin && buffer.AsSpan(0, end).StartsWith(Encoding.UTF8.Preamble)) start = 3;
    }

    /// <summary>The first bytes of the stream, while they are in the buffer.</summary>
    private ReadOnlySpan<byte> Beginning => offset == 0 ? buffer.AsSpan(0, Math.Min(end, ForeignText.BytesNeeded)) : [];

    /// <summary>The bytes from the line that is next on, as far as they are in the buffer.</summary>
    private ReadOnlySpan<byte> Rest => buffer.AsSpan(start, Math.Min(end - start, ForeignText.BytesNeeded));

    private InvalidDataException NotUtf8(ReadOnlySpan<byte> line)
    {
        if (lineNumber > 1 && ForeignText.DescribeRest(Rest, mayBeUtf8: false) is { } mix) return NotUtf8(mix, offset + start);
        var index = 0;
        while (Rune.DecodeFromUtf8(line[index..], out _, out var length) == OperationStatus.Done) index += length;
        var description = ForeignText.Describe(Beginning, mayBeUtf8: false)
            ?? $"the byte 0x{line[index]:X2} is not UTF-8 here. The text must be UTF-8; save it as UTF-8, or convert it from what it is in, as with: iconv -f ISO-8859-1 -t UTF-8";
        return NotUtf8(description, offset + start + index);
    }

    private InvalidDataException NotUtf8(string description, long at) => new($"{name}, line {lineNumber}, byte {at}: {description}");
}
