using System.Text;
using RnnLm.Faults;

namespace RnnLm.Persistence;

/// <summary>What small files have in common: a first line with the format, its version and the CRC-32C of all that follows, with tabs between, and a greatest length.</summary>
internal static class ChecksummedBody
{
    /// <summary>The first line for what follows it.</summary>
    public static byte[] HeadOf(ReadOnlySpan<byte> body, string format, int version)
        => Encoding.ASCII.GetBytes(FormattableString.Invariant($"{format}\t{version}\t{ChecksumOf(body)}\n"));

    /// <summary>Writes the first line and what follows it.</summary>
    public static void Write(ReadOnlySpan<byte> body, string format, int version, Stream stream)
    {
        stream.Write(HeadOf(body, format, version));
        stream.Write(body);
        stream.Flush();
    }

    /// <summary>All of a stream, from its present position on.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="most">How many bytes it may have.</param>
    /// <param name="kind">What it is to be.</param>
    /// <param name="noun">A word for it.</param>
    /// <exception cref="ModelFormatException">It has more.</exception>
    public static byte[] ReadAll(Stream stream, int most, string kind, string noun)
    {
        using var all = new MemoryStream();
        var room = new byte[1 << 14];
        for (int count; (count = stream.Read(room)) > 0;)
        {
            if (all.Length + count > most)
                throw new ModelFormatException(FormattableString.Invariant($"This is no {kind}: it is longer than {most:N0} bytes, and {noun} is not."));
            all.Write(room, 0, count);
        }
        return all.ToArray();
    }

    /// <summary>Checks that what follows the first line is what was written.</summary>
    /// <param name="body">It.</param>
    /// <param name="expected">The checksum in the first line.</param>
    /// <param name="noun">A word for the whole.</param>
    /// <exception cref="ModelFormatException">It is not.</exception>
    public static void Require(ReadOnlySpan<byte> body, string expected, string noun)
    {
        var checksum = ChecksumOf(body);
        if (expected != checksum)
            throw new ModelFormatException($"The {noun} has been cut short, altered or damaged: its checksum is {checksum}, and {Quotation.Of(expected)} when it was written.");
    }

    private static string ChecksumOf(ReadOnlySpan<byte> body)
    {
        var checksum = Crc32C.Start();
        checksum.Append(body);
        return checksum.ToString();
    }
}
