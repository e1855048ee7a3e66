using System.Text.Unicode;

namespace RnnLm.Text;

/// <summary>Recognises by their first bytes files that are not UTF-8 text, and says what to do with them.</summary>
internal static class ForeignText
{
    /// <summary>How many bytes are enough to recognise a file by.</summary>
    public const int BytesNeeded = 4096;

    // So short a begin of what can be UTF-8 looks like UTF-16 by a zero or two.
    private const int LeastBytes = 16;

    private const string Save = "save it as plain text in UTF-8";

    /// <summary>How kinds of files begin that are met where text is meant. Of two that begin alike the longer stands first.</summary>
    private static readonly Signature[] Signatures =
    [
        new([0xFF, 0xFE, 0x00, 0x00], "UTF-32", Conversion("UTF-32")),
        new([0x00, 0x00, 0xFE, 0xFF], "UTF-32", Conversion("UTF-32")),
        new([0xFF, 0xFE], "UTF-16", Conversion("UTF-16")),
        new([0xFE, 0xFF], "UTF-16", Conversion("UTF-16")),
        new([0x1F, 0x8B], "data compressed by gzip", Unpacking("gzip -d")),
        new([0x28, 0xB5, 0x2F, 0xFD], "data compressed by zstd", Unpacking("zstd -d")),
        new([0xFD, .. "7zXZ\0"u8], "data compressed by xz", Unpacking("xz -d")),
        new([.. "1AY&SY"u8], "data compressed by bzip2", Unpacking("bzip2 -d"), Offset: 4),
        new([0x04, 0x22, 0x4D, 0x18], "data compressed by lz4", Unpacking("lz4 -d")),
        new([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], "a 7-Zip archive", Unpacking("7z x")),
        new([.. "Rar!"u8, 0x1A, 0x07], "a RAR archive", Unpacking("unrar x")),
        new([.. "ustar"u8], "a tar archive", Unpacking("tar -x"), Offset: 257),
        new([.. "PK"u8, 0x03, 0x04], "a zip archive, or a document that is one inside (docx, odt, epub)", $"unpack the archive, as with: unzip; of a document, {Save}"),
        new([.. "%PDF-"u8], "a PDF document", "take its text out first, as with: pdftotext -enc UTF-8"),
        new([.. "{\\rtf"u8], "a document in Rich Text Format", Save),
        new([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "a document of an older Office", Save),
        new([.. "PAR1"u8], "a Parquet table", "write its column of text to a text file first"),
    ];

    // A safetensors file begins with a length of eight bytes, of which the upper are zero, and the brace of its header.
    private const int LengthOfSafetensorsLength = 8;

    /// <summary>Recognises a file.</summary>
    /// <param name="beginning">Its first bytes, as many as there are up to <see cref="BytesNeeded"/>.</param>
    /// <param name="mayBeUtf8">Whether nothing in it has shown yet that it is not UTF-8.</param>
    /// <param name="isAll">Whether nothing comes after them.</param>
    /// <returns>What it is and what to do; null where that is not known.</returns>
    public static string? Describe(ReadOnlySpan<byte> beginning, bool mayBeUtf8, bool isAll = false)
    {
        foreach (var signature in Signatures)
            if (signature.Marks(beginning)) return Sentence(signature.Name, signature.Advice);
        if (beginning.Length > LengthOfSafetensorsLength && beginning[4..LengthOfSafetensorsLength].IndexOfAnyExcept((byte)0) < 0 && beginning[LengthOfSafetensorsLength] == '{')
            return "this is a model file, or another in the safetensors format, and no text";
        return !BeginsWithPlainLine(beginning) && FindEncoding(beginning, mayBeUtf8, isAll) is { } encoding ? Sentence(encoding, Conversion(encoding)) : null;
    }

    /// <summary>Recognises a text of another encoding that was put behind lines of UTF-8.</summary>
    /// <param name="rest">The bytes from the begin of a line on, as many as there are up to <see cref="BytesNeeded"/>.</param>
    /// <param name="mayBeUtf8">Whether nothing in it has shown yet that it is not UTF-8.</param>
    /// <param name="isAll">Whether nothing comes after them.</param>
    /// <returns>What it is and what to do; null where that is not known.</returns>
    public static string? DescribeRest(ReadOnlySpan<byte> rest, bool mayBeUtf8, bool isAll = false)
    {
        var encoding = FindEncoding(rest, mayBeUtf8, isAll);
        foreach (var signature in Signatures)
        {
            if (!signature.IsEncoding || !signature.Marks(rest)) continue;
            encoding = signature.Name;
            break;
        }
        return encoding is null ? null
            : $"from here on this looks like {encoding}, and like UTF-8 before: the file is a mix of two texts. Save the second as UTF-8 by itself, and put them together anew";
    }

    /// <summary>Whether there are control characters that no text has.</summary>
    public static bool HasControls(ReadOnlySpan<byte> bytes) => bytes.ContainsAnyInRange((byte)0, (byte)0x08) || bytes.ContainsAnyInRange((byte)0x0E, (byte)0x1F);

    /// <summary>Whether a line of UTF-8 comes before the first zero: where zeros are part of an encoding, every line end has one.</summary>
    private static bool BeginsWithPlainLine(ReadOnlySpan<byte> beginning)
    {
        var zero = beginning.IndexOf((byte)0);
        if (zero < 1) return false;
        // A line feed just before may be the lower half of one in UTF-16, behind a letter or two that could be UTF-8.
        const int LettersOfTwoMeanings = 4;
        var end = zero > LettersOfTwoMeanings ? zero : zero - 1;
        var plain = beginning[..(beginning[..end].LastIndexOf((byte)'\n') + 1)];
        return plain.Length > 0 && !HasControls(plain) && Utf8.IsValid(plain);
    }

    private static string Sentence(string name, string advice) => $"this looks like {name}. The text must be UTF-8; {advice}";

    private static string Conversion(string encoding) => $"save it as UTF-8, or convert it, as with: iconv -f {encoding} -t UTF-8";

    private static string Unpacking(string command) => $"unpack it first, as with: {command}";

    /// <summary>UTF-16 or UTF-32 without a byte order mark: their zeros are upper bytes of characters, and so all in the same places.</summary>
    private static string? FindEncoding(ReadOnlySpan<byte> beginning, bool mayBeUtf8, bool isAll)
    {
        if (mayBeUtf8 && !isAll && beginning.Length < LeastBytes) return null;
        Span<int> zeros = [0, 0, 0, 0];
        Span<int> controls = [0, 0];
        for (var i = 0; i < beginning.Length; i++)
        {
            if (beginning[i] == 0) zeros[i % 4]++;
            if (beginning[i] is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r')) controls[i % 2]++;
        }
        if (IsUtf32(zeros[0], zeros[2], zeros[3], beginning.Length / 4)) return "UTF-32LE";
        if (IsUtf32(zeros[3], zeros[1], zeros[0], beginning.Length / 4)) return "UTF-32BE";

        var (even, odd) = (zeros[0] + zeros[2], zeros[1] + zeros[3]);
        if (even == 0 == (odd == 0)) return null;
        var upper = odd > 0 ? 1 : 0;
        // Upper bytes of alphabetic scripts are control characters in UTF-8, where text has hardly any.
        return mayBeUtf8 && 2 * controls[upper] < beginning.Length / 2 ? null : upper == 1 ? "UTF-16LE" : "UTF-16BE";
    }

    /// <summary>Whether the highest of four bytes is zero in every character, the one below in most, and the lowest in few.</summary>
    private static bool IsUtf32(int lowest, int third, int highest, int characters)
        => characters > 1 && highest >= characters && 2 * third > characters && 2 * lowest < characters;

    private sealed record Signature(byte[] Bytes, string Name, string Advice, int Offset = 0)
    {
        public bool IsEncoding => Name.StartsWith("UTF-", StringComparison.Ordinal);

        public bool Marks(ReadOnlySpan<byte> beginning) => beginning.Length > Offset && beginning[Offset..].StartsWith(Bytes);
    }
}
