using System.IO.Compression;
using System.Text;

namespace RnnLm.Tests.Text;

public class ForeignTextTests
{
    private static readonly UTF32Encoding BigEndianUtf32 = new(bigEndian: true, byteOrderMark: true);

    /// <summary>Encodings other than UTF-8, each with and without a byte order mark, of texts in different scripts, long and short.</summary>
    public static TheoryData<string, string, bool, string> Encodings
    {
        get
        {
            var data = new TheoryData<string, string, bool, string>();
            foreach (var encoding in new[] { "utf-16", "utf-16BE", "utf-32", "utf-32BE" })
            {
                foreach (var text in new[] { "It was a dark night.\nThe rain fell.\n", "Все счастливые\nсемьи похожи.\n", "Ὁ σοφός\nλέγει.\n", "人人生而自由，\n平等。\n", "a\n" })
                {
                    var name = encoding.StartsWith("utf-32", StringComparison.Ordinal) ? "UTF-32" : "UTF-16";
                    data.Add(encoding, text, true, name);
                    data.Add(encoding, text, false, name);
                }
            }
            return data;
        }
    }

    public static TheoryData<string, byte[], string> Files => new()
    {
        { "gzip", Compressed(stream => new GZipStream(stream, CompressionMode.Compress)), "gzip -d" },
        { "zip", Zipped("text.txt"), "unzip" },
        { "docx", Zipped("[Content_Types].xml"), "save it as plain text" },
        { "zstd", [0x28, 0xB5, 0x2F, 0xFD, 0x04, 0x58], "zstd -d" },
        { "bzip2", [.. "BZh91AY&SY"u8, 1, 2, (byte)'\n'], "bzip2 -d" },
        { "bzip2", [.. "BZh11AY&SY"u8], "bzip2 -d" },
        { "xz", [0xFD, .. "7zXZ"u8, 0, 0, 4, (byte)'\n'], "xz -d" },
        { "lz4", [0x04, 0x22, 0x4D, 0x18, (byte)'\n'], "lz4 -d" },
        { "7-Zip", [.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], "7z x" },
        { "RAR", [.. "Rar!"u8, 0x1A, 0x07, 0x00], "unrar x" },
        { "tar", [.. "text.txt"u8, .. new byte[249], .. "ustar"u8, .. new byte[250], .. "text\n"u8], "tar -x" },
        { "PDF", [.. "%PDF-1.7\n%\n"u8], "pdftotext" },
        { "Rich Text", [.. "{\\rtf1\\ansi Hello\n}"u8], "save it as plain text" },
        { "Office", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "save it as plain text" },
        { "safetensors", [0x58, 0x02, 0, 0, 0, 0, 0, 0, .. "{\"__metadata__\":"u8], "no text" },
        { "Parquet", [.. "PAR1"u8, 0x15, 0x04, (byte)'\n'], "column of text" },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void An_encoding_that_begins_after_lines_of_utf8_is_found_where_it_begins(string encoding, string text, bool isMarked, string name)
    {
        var encoder = encoding == "utf-32BE" ? BigEndianUtf32 : Encoding.GetEncoding(encoding);
        foreach (var lines in new[] { 1, 3, 100_000 })
        {
            var plain = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("é plain\n", lines)));
            var message = Refusal([.. plain, .. isMarked ? encoder.GetPreamble() : [], .. encoder.GetBytes(text)]);
            Assert.Contains($"line {lines + 1}, byte {plain.Length}: from here on this looks like {name}", message);
            Assert.Contains("a mix of two texts", message);
        }
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Every_encoding_is_called_by_its_name_with_or_without_a_byte_order_mark(string encoding, string text, bool isMarked, string name)
    {
        var encoder = encoding == "utf-32BE" ? BigEndianUtf32 : Encoding.GetEncoding(encoding);
        byte[] bytes = [.. isMarked ? encoder.GetPreamble() : [], .. encoder.GetBytes(text)];
        var message = Refusal(bytes);
        Assert.Contains($"this looks like {name}", message);
        Assert.Contains($"iconv -f {name}", message);
        Assert.Contains("line 1", message);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Files_that_are_no_text_are_refused_with_what_to_do_with_them(string kind, byte[] bytes, string advice)
    {
        var message = Refusal(bytes);
        Assert.Contains(kind, message);
        Assert.Contains(advice, message);
        Assert.DoesNotContain("ISO-8859-1", message);
    }

    [Theory]
    [InlineData("a\0b\n\0\0c\n")]
    [InlineData("\u0001\u0002 control\n")]
    [InlineData("BZh is no archive\n")]
    [InlineData("PK and %PDF and {rtf} in text\n")]
    [InlineData("PARTY\n")]
    [InlineData("人人\0自由\n")]
    public void Text_with_strange_characters_in_it_is_text(string text)
        => Assert.Equal(text.TrimEnd('\n').Split('\n'), TextLines.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))));

    /// <summary>Valid UTF-8 in which zeros are, text or not: what becomes of it must not hang on how it arrives.</summary>
    public static TheoryData<string> TextsWithZeros => new(
        "a\0\n", "\0\n", "\n\0\n", "\0", "a\0b\n\0\0c\n", "name\0value\nother\0thing\n", "a\0\nthe cat sat on the mat\nand the dog sat on it\n",
        "\0\nthe cat sat on the mat\n", "the cat\r\na\0\r\nand went\r\n", "the cat\ra\0\rand went\r", "\uFEFFa\0\nb\0\n", "a\0b\0c\0\n\0d\0e\0\n\0",
        "\0a\0b\0\n\0c\0d\0\n", "a\0\0\0\n\0\0\0b\0\0\0\n\0\0\0", "\u0012\u0004A\u0004\n\0\u0035\u0004 \0\n\0", "plain\na\0b\0c\0d\0e\0f\0g\0h\0\n\0i\0\n\0",
        "plain\na\0\n\0b\0\n\0c\0\n\0d\0\n\0", "plain\nx\0\nplain again, and more of it\nand so on\n");

    [Theory]
    [MemberData(nameof(TextsWithZeros))]
    public void The_same_bytes_give_the_same_answer_however_they_arrive(string text)
    {
        foreach (var padding in (int[])[0, 1, 5_000])
        {
            var bytes = Encoding.UTF8.GetBytes(text + string.Concat(Enumerable.Repeat("a line of text\n", padding)));
            var whole = Answer(bytes, []);
            Assert.Equal(whole, Answer(bytes, Enumerable.Range(1, bytes.Length - 1)));
            foreach (var split in Enumerable.Range(1, Encoding.UTF8.GetByteCount(text)).Append(4095).Append(4097).Where(split => split < bytes.Length))
                Assert.Equal(whole, Answer(bytes, [split]));
        }
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Another_encoding_is_refused_at_the_same_line_however_it_arrives(string encoding, string text, bool isMarked, string name)
    {
        var encoder = encoding == "utf-32BE" ? BigEndianUtf32 : Encoding.GetEncoding(encoding);
        foreach (var plain in (string[])["", "plain\n", "é plain\nand more\n"])
        {
            byte[] bytes = [.. Encoding.UTF8.GetBytes(plain), .. isMarked ? encoder.GetPreamble() : [], .. encoder.GetBytes(text)];
            var whole = Answer(bytes, []);
            Assert.Contains(name, whole[^1]);
            foreach (var splits in Enumerable.Range(1, bytes.Length - 1).Select(split => (int[])[split]).Append([.. Enumerable.Range(1, bytes.Length - 1)]))
            {
                var answer = Answer(bytes, splits);
                Assert.Equal(whole[..^1], answer[..^1]);
                Assert.Equal(whole[^1].Split(", byte")[0], answer[^1].Split(", byte")[0]);
            }
        }
    }

    /// <summary>The lines of a text that arrives in parts, and last why it is refused, where it is.</summary>
    private static string[] Answer(byte[] bytes, IEnumerable<int> splits)
    {
        var lines = new List<string>();
        try
        {
            foreach (var line in TextLines.Read(new InParts(bytes, splits))) lines.Add(line);
        }
        catch (InvalidDataException refusal)
        {
            lines.Add(refusal.Message);
        }
        return [.. lines];
    }

    private sealed class InParts(byte[] bytes, IEnumerable<int> splits) : MemoryStream(bytes)
    {
        private readonly int[] ends = [.. splits, bytes.Length];
        private int part;

        public override int Read(byte[] buffer, int offset, int count)
        {
            while (part < ends.Length - 1 && ends[part] <= Position) part++;
            return base.Read(buffer, offset, Math.Min(count, ends[part] - (int)Position));
        }
    }

    private static string Refusal(byte[] bytes)
        => Assert.Throws<InvalidDataException>(() => TextLines.Read(new MemoryStream(bytes), "memory").Count()).Message;

    private static byte[] Compressed(Func<Stream, Stream> compress)
    {
        var bytes = new MemoryStream();
        using (var stream = compress(bytes)) stream.Write("It was a dark night.\n"u8);
        return bytes.ToArray();
    }

    private static byte[] Zipped(string entry)
    {
        var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var stream = archive.CreateEntry(entry).Open()) stream.Write("It was a dark night.\n"u8);
        return bytes.ToArray();
    }
}
