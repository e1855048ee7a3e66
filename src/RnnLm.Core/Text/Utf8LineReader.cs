using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace RnnLm.Text;

/// <summary>Reads lines from a stream of bytes that must be UTF-8.</summary>
internal sealed class Utf8LineReader(Stream stream, string name)
{
    private const int GreatestLine = 1 << 29;

    private byte[] buffer = new byte[1 << 17];
    private int start; // of the line that is next
    private int end; // of what has been read
    private long offset; // of the buffer's first byte in the stream
    private long lineNumber;
    private bool atEnd;

    /// <returns>The next line, or null after the last.</returns>
    internal string? ReadLine()
    {
        var searched = start;
        while (true)
        {
            var found = buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n');
            if (found >= 0) return Take(searched + found, next: searched + found + 1);
            if (atEnd) return start < end ? Take(end, next: end) : null;
            searched = end - start;
            Fill();
        }
    }

    private string Take(int lineEnd, int next)
    {
        lineNumber++;
        var isEnded = next > lineEnd;
        var line = buffer.AsSpan(start, lineEnd - start);
        if (isEnded && line.EndsWith((byte)'\r')) line = line[..^1];
        if (!Utf8.IsValid(line)) throw NotUtf8(line);
        start = next;
        return Encoding.UTF8.GetString(line);
    }

    /// <summary>Moves the unfinished line to the buffer's begin and reads on behind it.</summary>
    private void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
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

    private InvalidDataException NotUtf8(ReadOnlySpan<byte> line)
    {
        var index = 0;
        while (Rune.DecodeFromUtf8(line[index..], out _, out var length) == OperationStatus.Done) index += length;
        var where = $"{name}, line {lineNumber}, byte {offset + start + index}";
        return lineNumber == 1 && index == 0 && line is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]
            ? new InvalidDataException($"{where}: this looks like UTF-16. The text must be UTF-8; save it as UTF-8, or convert it, as with: iconv -f UTF-16 -t UTF-8")
            : new InvalidDataException($"{where}: the byte 0x{line[index]:X2} is not UTF-8 here. The text must be UTF-8; save it as UTF-8, or convert it from what it is in, as with: iconv -f ISO-8859-1 -t UTF-8");
    }
}
