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
