using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace RnnLm.Text;

/// <summary>
/// Reads lines from a stream of bytes that must be UTF-8. A line is given out as soon as it has come; so whether it is text is known from what comes before its
/// end, and is the same however the bytes arrive.
/// </summary>
/// <param name="stream">The stream.</param>
/// <param name="name">What error messages call it.</param>
/// <param name="linesApart">
/// Whether each line is another's and stands for itself, as in a filter: a line feed alone ends it, of which a carriage return before it is part, and what is wrong with one
/// says nothing of the others. Only what the first line tells of the whole is told then.
/// </param>
/// <param name="greatestLine">The length of the longest line, in bytes.</param>
internal sealed class Utf8LineReader(Stream stream, string name, bool linesApart = false, int greatestLine = Utf8LineReader.GreatestLine)
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
    private readonly Stretch beginning = new(0, 1); // of the stream
    private Stretch? strange; // from the first line on that had a zero in it

    /// <returns>The next line, or null after the last.</returns>
    /// <exception cref="InvalidLineException">Of lines apart: the line cannot be read; the next call reads the one behind it.</exception>
    /// <exception cref="InvalidDataException">The text cannot be read on.</exception>
    internal string? ReadLine()
    {
        var searched = start;
        while (true)
        {
            if (followsReturn && start < end)
            {
                followsReturn = false;
                if (buffer[start] == '\n')
                {
                    Follow(start, start + 1);
                    searched = ++start;
                }
            }
            var rest = buffer.AsSpan(searched, end - searched);
            var found = linesApart ? rest.IndexOf((byte)'\n') : rest.IndexOfAny((byte)'\n', (byte)'\r');
            if (found >= 0)
            {
                // What comes after a carriage return may be long in coming: the line does not wait for it.
                followsReturn = buffer[searched + found] == '\r';
                return Take(searched + found, next: searched + found + 1, isLast: false);
            }
            if (atEnd) return start < end ? Take(end, next: end, isLast: true) : End();
            searched = end - start;
            Fill();
        }
    }

    private string Take(int lineEnd, int next, bool isLast)
    {
        lineNumber++;
        if (linesApart && lineEnd < next && lineEnd > start && buffer[lineEnd - 1] == '\r') lineEnd--;
        var line = buffer.AsSpan(start, lineEnd - start);
        var isStrange = line.Contains((byte)0);
        if (isStrange && lineNumber > 1 && !linesApart && strange is not { IsFull: false }) strange = new Stretch(offset + start, lineNumber);
        var isBeginning = !beginning.IsFull;
        Follow(start, next);
        if (linesApart) RefuseForeignLine(line);
        else if (isStrange || lineNumber == 1) RefuseForeignText(isBeginning, isLast);
        var fault = Utf8.IsValid(line) ? null : NotUtf8(line);
        start = next;
        return fault is null ? Encoding.UTF8.GetString(line) : throw fault;
    }

    /// <summary>The end: what was too short to tell what it is can be told now.</summary>
    private string? End()
    {
        if (!linesApart) RefuseForeignText(!beginning.IsFull && beginning.Bytes.Contains((byte)0), isAll: true);
        return null;
    }

    /// <summary>Throws where what has been read until now is probably no UTF-8, though it could be.</summary>
    private void RefuseForeignText(bool isBeginning, bool isAll)
    {
        if (isBeginning && ForeignText.Describe(beginning.Bytes, mayBeUtf8: true, isAll) is { } description) throw NotUtf8(description, beginning);
        if (strange is not null && ForeignText.DescribeRest(strange.Bytes, mayBeUtf8: true, isAll) is { } mix) throw NotUtf8(mix, strange);
    }

    /// <summary>
    /// Throws where the first of lines apart shows that all of them are something else: it must begin with a mark of UTF-16, or have characters that no text has. A text may begin with
    /// the letters of a signature, and a byte that is not UTF-8 may be the fault of this line alone.
    /// </summary>
    private void RefuseForeignLine(ReadOnlySpan<byte> line)
    {
        if (lineNumber > 1 || !(ForeignText.HasControls(line) || line is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])) return;
        if (ForeignText.Describe(beginning.Bytes, mayBeUtf8: true) is { } description) throw NotUtf8(description, beginning);
    }

    /// <summary>Remembers bytes of the buffer, as far as texts are recognised by them.</summary>
    private void Follow(int from, int to)
    {
        var bytes = buffer.AsSpan(from, to - from);
        beginning.Add(bytes);
        strange?.Add(bytes);
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
            if (end >= greatestLine)
            {
                var message = $"{name}, line {lineNumber + 1}: the line is longer than {greatestLine} bytes. Split it into shorter lines.";
                if (!linesApart) throw new InvalidDataException(message);
                Skip();
                throw new InvalidLineException(message);
            }
            Array.Resize(ref buffer, Math.Min(2 * buffer.Length, greatestLine));
        }
        var isBegin = offset == 0 && end < 3;
        var read = stream.Read(buffer, end, buffer.Length - end);
        atEnd = read == 0;
        end += read;
        if (isBegin && buffer.AsSpan(0, end).StartsWith(Encoding.UTF8.Preamble))
        {
            Follow(0, 3);
            start = 3;
        }
    }

    /// <summary>Passes over the rest of a line that is too long.</summary>
    private void Skip()
    {
        lineNumber++;
        Follow(start, end);
        int lineFeed;
        while ((lineFeed = buffer.AsSpan(0, end).IndexOf((byte)'\n')) < 0 && !atEnd)
        {
            offset += end;
            end = stream.Read(buffer);
            atEnd = end == 0;
        }
        start = lineFeed < 0 ? end : lineFeed + 1;
    }

    /// <summary>The first bytes of the stream, as far as they have come: what is refused anyway is told as well as can be.</summary>
    private ReadOnlySpan<byte> Beginning => offset == 0 ? buffer.AsSpan(0, Math.Min(end, ForeignText.BytesNeeded)) : beginning.Bytes;

    /// <summary>The bytes from the line that is next on, as far as they are in the buffer.</summary>
    private ReadOnlySpan<byte> Rest => buffer.AsSpan(start, Math.Min(end - start, ForeignText.BytesNeeded));

    private Exception NotUtf8(ReadOnlySpan<byte> line)
    {
        if (strange is { IsFull: false } && ForeignText.DescribeRest(strange.Bytes, mayBeUtf8: false) is { } before) return NotUtf8(before, strange);
        if (lineNumber > 1 && !linesApart && ForeignText.DescribeRest(Rest, mayBeUtf8: false) is { } mix) return NotUtf8(mix, offset + start);
        var index = 0;
        while (Rune.DecodeFromUtf8(line[index..], out _, out var length) == OperationStatus.Done) index += length;
        if (!linesApart && ForeignText.Describe(Beginning, mayBeUtf8: false) is { } description) return NotUtf8(description, offset + start + index);
        var fault = NotUtf8(
            $"the byte 0x{line[index]:X2} is not UTF-8 here. The text must be UTF-8; save it as UTF-8, or convert it from what it is in, as with: iconv -f ISO-8859-1 -t UTF-8",
            offset + start + index);
        return linesApart ? new InvalidLineException(fault.Message) : fault;
    }

    private InvalidDataException NotUtf8(string description, long at) => NotUtf8(description, new Stretch(at, lineNumber));

    private InvalidDataException NotUtf8(string description, Stretch from) => new($"{name}, line {from.Line}, byte {from.Offset}: {description}");

    /// <summary>What lines consist of from a place on, as much of it as texts are recognised by.</summary>
    private sealed class Stretch(long offset, long line)
    {
        private byte[] bytes = [];
        private int length;

        /// <summary>Where it begins in the stream.</summary>
        public long Offset { get; } = offset;

        /// <summary>The number of the line that it begins with.</summary>
        public long Line { get; } = line;

        public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, length);

        public bool IsFull => length == ForeignText.BytesNeeded;

        public void Add(ReadOnlySpan<byte> more)
        {
            if (IsFull) return;
            if (bytes.Length == 0) bytes = new byte[ForeignText.BytesNeeded];
            more = more[..Math.Min(more.Length, bytes.Length - length)];
            more.CopyTo(bytes.AsSpan(length));
            length += more.Length;
        }
    }
}
