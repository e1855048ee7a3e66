using System.Text;
using RnnLm.Text;

namespace RnnLm.Tests.Text;

public sealed class TextLinesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("text-lines").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\nb\n", new[] { "a", "b" })]
    [InlineData("a\r\n\r\nb", new[] { "a", "", "b" })]
    [InlineData("\n\n", new[] { "", "" })]
    [InlineData("\uFEFFa\n\uFEFFb", new[] { "a", "\uFEFFb" })]
    [InlineData("\uFEFF", new string[0])]
    [InlineData("a\rb\r", new[] { "a", "b" })]
    [InlineData("\ra\r\r\n\nb\n\rc", new[] { "", "a", "", "", "b", "", "c" })]
    [InlineData("a\u2028b\u2029c\u0085d\ve\ff", new[] { "a\u2028b\u2029c\u0085d\ve\ff" })]
    [InlineData("é漢😀\0\n", new[] { "é漢😀\0" })]
    public void Lines_end_in_line_feeds_and_carriage_returns_and_a_byte_order_mark_is_dropped(string text, string[] lines)
    {
        var bytes = new UTF8Encoding(false).GetBytes(text);
        Assert.Equal(lines, TextLines.Read(new MemoryStream(bytes)));
        Assert.Equal(lines, TextLines.Read(new Dripping(bytes)));
        Assert.Equal(lines, TextLines.Read(FileOf(bytes)));
    }

    [Fact]
    public void A_line_longer_than_any_buffer_stays_whole_and_so_do_its_neighbours()
    {
        string[] lines = ["first", new string('é', 300_000), "", new string('x', 131_071), "last"];
        Assert.Equal(lines, TextLines.Read(FileOf(Encoding.UTF8.GetBytes(string.Join('\n', lines)))));
    }

    [Theory]
    [InlineData("a\r\n\r\nb", new[] { "a", "", "b" })]
    [InlineData("a\rb\r", new[] { "a\rb\r" })]
    [InlineData("\uFEFFa\r\r\n\nc", new[] { "a\r", "", "c" })]
    public void Lines_apart_end_in_line_feeds_alone(string text, string[] lines)
    {
        var bytes = new UTF8Encoding(false).GetBytes(text);
        Assert.Equal(lines, TextLines.ReadApart(new MemoryStream(bytes), "text").Select(line => line.Line));
        Assert.Equal(lines, TextLines.ReadApart(new Dripping(bytes), "text").Select(line => line.Line));
        Assert.Equal(lines, TextLines.ReadApart(FileOf(bytes)).Select(line => line.Line));
    }

    [Fact]
    public void Of_lines_apart_one_that_is_not_UTF_8_comes_as_its_fault_and_those_behind_it_are_read()
    {
        byte[] bytes = [.. "first\r\nGr"u8, 0xFC, .. "n\nthird\n"u8, 0xFF, 0xFE, .. "\0\0\n"u8, .. "fifth"u8];
        var lines = TextLines.ReadApart(new Dripping(bytes), "text").ToArray();
        Assert.Equal(["first", null, "third", null, "fifth"], lines.Select(line => line.Line));
        Assert.StartsWith("text, line 2, byte 9: the byte 0xFC is not UTF-8", lines[1].Fault, StringComparison.Ordinal);
        Assert.StartsWith("text, line 4, byte 18: the byte 0xFF is not UTF-8", lines[3].Fault, StringComparison.Ordinal);
        Assert.All([0, 2, 4], place => Assert.Null(lines[place].Fault));
    }

    [Fact]
    public void Lines_apart_whose_first_shows_that_all_is_something_else_are_refused()
    {
        byte[][] files =
        [
            Encoding.Unicode.GetBytes("\uFEFFthe cat\n"), Encoding.Unicode.GetBytes("\uFEFF人人\n"), Encoding.Unicode.GetBytes("the cat sat\n"),
            [0x1F, 0x8B, 8, 0, (byte)'\n'], [.. "PAR1"u8, 0x15, 0x04, (byte)'\n'],
        ];
        foreach (var bytes in files)
            Assert.Contains("text, line 1, byte 0: this looks like", Assert.Throws<InvalidDataException>(() => TextLines.ReadApart(new MemoryStream(bytes), "text").Count()).Message);
    }

    /// <summary>Bytes whose first line is strange, and the lines apart that they have; null is one that is not UTF-8.</summary>
    public static TheoryData<byte[], string?[]> StrangeBeginnings => new()
    {
        { [.. "caf"u8, 0xE9, .. "\nthe\0cat\non\n"u8], [null, "the\0cat", "on"] },
        { [.. "caf"u8, 0xE9, .. " by the n\0umber\nthe cat\n"u8], [null, "the cat"] },
        { [.. "PAR1 agonists\nthe cat\n"u8], ["PAR1 agonists", "the cat"] },
        { [.. "%PDF-1.7 of a caf"u8, 0xE9, .. "\nthe cat\n"u8], [null, "the cat"] },
        { [.. "{\\rtf is what it begins with"u8], ["{\\rtf is what it begins with"] },
        { [.. "a\0\n"u8], ["a\0"] },
        { [.. "a\0"u8], ["a\0"] },
        { [.. "\u0001\n\0a\0b\0c\0d\0e\0f\0g\0h\0i\n"u8], ["\u0001", "\0a\0b\0c\0d\0e\0f\0g\0h\0i"] },
    };

    [Theory]
    [MemberData(nameof(StrangeBeginnings))]
    public void The_first_of_lines_apart_is_judged_alone_however_they_arrive(byte[] bytes, string?[] lines)
    {
        Assert.Equal(lines, TextLines.ReadApart(new MemoryStream(bytes), "text").Select(line => line.Line));
        Assert.Equal(lines, TextLines.ReadApart(new Dripping(bytes), "text").Select(line => line.Line));
    }

    [Theory]
    [InlineData("\nlast")]
    [InlineData("")]
    public void Of_lines_apart_one_that_is_too_long_is_passed_over(string rest)
    {
        const int Greatest = 1 << 17;
        string[] lines = ["first", new string('x', 5 * Greatest), rest];
        var reader = new Utf8LineReader(new MemoryStream(Encoding.UTF8.GetBytes(lines[0] + '\n' + lines[1] + rest)), "text", linesApart: true, Greatest);
        Assert.Equal("first", reader.ReadLine());
        Assert.Equal($"text, line 2: the line is longer than {Greatest} bytes. Split it into shorter lines.", Assert.Throws<InvalidLineException>(reader.ReadLine).Message);
        Assert.Equal(rest.Length == 0 ? null : "last", reader.ReadLine());
        Assert.Null(reader.ReadLine());
    }

    [Fact]
    public void The_lines_of_a_file_can_be_read_again()
    {
        var lines = TextLines.Read(FileOf("a\nb"u8));
        Assert.Equal(2, lines.Count());
        Assert.Equal(2, lines.Count());
    }

    [Fact]
    public void The_stream_is_left_open()
    {
        using var stream = new MemoryStream([.. "a"u8]);
        Assert.Single(TextLines.Read(stream));
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void What_is_not_UTF_8_is_refused_with_file_line_and_byte()
    {
        var path = FileOf([.. "first\r\nGr"u8, 0xFC, .. "n\nthird"u8]);
        var lines = new List<string>();
        var exception = Assert.Throws<InvalidDataException>(() => lines.AddRange(TextLines.Read(path)));
        Assert.Contains($"{path}, line 2, byte 9: the byte 0xFC is not UTF-8", exception.Message);
        Assert.Contains("must be UTF-8", exception.Message);
    }

    [Fact]
    public void The_byte_is_counted_from_the_files_begin_however_much_has_been_read()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. Enumerable.Repeat((byte)'\n', 200_000), (byte)'a', 0xC3, (byte)'\n'];
        var exception = Assert.Throws<InvalidDataException>(() => TextLines.Read(new MemoryStream(bytes)).Count());
        Assert.Contains("standard input, line 200001, byte 200004: the byte 0xC3", exception.Message);
    }

    [Theory]
    [InlineData(new byte[] { 0x61, 0xE6, 0xBC }, "byte 1")] // cut short
    [InlineData(new byte[] { 0xC0, 0xAF }, "byte 0")] // longer than needed
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "byte 0")] // half a surrogate pair
    [InlineData(new byte[] { 0x61, 0x62, 0xF4, 0x90, 0x80, 0x80 }, "byte 2")] // beyond Unicode
    public void Bytes_that_only_look_like_UTF_8_are_refused(byte[] bytes, string where) =>
        Assert.Contains(where, Assert.Throws<InvalidDataException>(() => TextLines.Read(new MemoryStream(bytes), "memory").Count()).Message);

    [Fact]
    public void A_line_that_a_carriage_return_ends_does_not_wait_for_what_comes_after_it()
    {
        var typed = new Typed("first\r", "\nsecond\r", "third");
        using var lines = TextLines.Read(typed).GetEnumerator();
        foreach (var (line, reads) in new[] { ("first", 1), ("second", 2), ("third", 4) })
        {
            Assert.True(lines.MoveNext());
            Assert.Equal((line, reads), (lines.Current, typed.Reads));
        }
        Assert.False(lines.MoveNext());
    }

    [Fact]
    public void A_file_that_is_absent_and_a_folder_are_refused_before_anything_is_read()
    {
        var absent = Path.Combine(folder, "absent.txt");
        Assert.Contains(absent, Assert.Throws<FileNotFoundException>(() => TextLines.Read(absent)).Message);
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => TextLines.Read(folder)).Message);
    }

    private string FileOf(ReadOnlySpan<byte> bytes)
    {
        var path = Path.Combine(folder, "text.txt");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>A stream that gives a text part by part, as someone types it, and counts how often it was asked.</summary>
    private sealed class Typed(params IEnumerable<string> parts) : MemoryStream
    {
        private readonly Queue<byte[]> parts = new(parts.Select(Encoding.UTF8.GetBytes));

        public int Reads { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Reads++;
            if (!parts.TryDequeue(out var part)) return 0;
            part.CopyTo(buffer, offset);
            return part.Length;
        }
    }

    /// <summary>A stream that gives one byte at a time, as a pipe may.</summary>
    private sealed class Dripping(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(1, count));
    }
}
