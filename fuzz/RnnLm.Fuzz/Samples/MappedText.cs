using System.IO.Compression;
using System.Text;
using RnnLm.Pipelines;

namespace RnnLm.Fuzz.Samples;

/// <summary>A dictionary of ML.NET's with one key, whose value is a vector of text, as <see cref="MappedValue"/> describes it.</summary>
internal static class MappedText
{
    private const int HeadLength = 256;

    /// <summary>The entry.</summary>
    public static byte[] Create(IReadOnlyList<string> texts, bool isCompressed)
    {
        var block = Block(texts, isCompressed);
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write("CML\0DVB\0"u8);
        writer.Write(new byte[16]);
        writer.Write((long)HeadLength); // at 24: where the columns are described
        writer.Write(new byte[16]);
        writer.Write(2); // at 48: how many columns there are
        writer.Write(new byte[HeadLength - bytes.Length]);
        // The lengths of the descriptions do not depend on the places in them.
        var placesAt = HeadLength + Description("Key", "TextSpan", false, 0).Length + Description("Value", "VBuffer", isCompressed, 0).Length;
        writer.Write(Description("Key", "TextSpan", false, placesAt));
        writer.Write(Description("Value", "VBuffer", isCompressed, placesAt + 16));
        for (var column = 0; column < 2; column++)
        {
            writer.Write((long)placesAt + 32);
            writer.Write(block.Length);
            writer.Write(block.Length);
        }
        writer.Write(block);
        return bytes.ToArray();
    }

    private static byte[] Description(string name, string form, bool isCompressed, long place)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(name);
        writer.Write(form);
        writer.Write7BitEncodedInt(0);
        writer.Write((byte)(isCompressed ? 1 : 0));
        writer.Write7BitEncodedInt(1);
        writer.Write(place);
        writer.Write(0L);
        return bytes.ToArray();
    }

    private static byte[] Block(IReadOnlyList<string> texts, bool isCompressed)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        foreach (var number in (int[])[1, texts.Count, -1, 0, texts.Count]) writer.Write(number);
        var end = 0;
        foreach (var text in texts) writer.Write(end += Encoding.UTF8.GetByteCount(text));
        writer.Write7BitEncodedInt(end);
        foreach (var text in texts) writer.Write(Encoding.UTF8.GetBytes(text));
        if (!isCompressed) return bytes.ToArray();

        using var compressed = new MemoryStream();
        using (var stream = new DeflateStream(compressed, CompressionLevel.Optimal, leaveOpen: true)) stream.Write(bytes.ToArray());
        return compressed.ToArray();
    }
}
