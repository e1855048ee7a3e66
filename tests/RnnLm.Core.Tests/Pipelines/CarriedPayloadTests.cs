using System.Runtime.InteropServices;
using System.Security.Cryptography;
using RnnLm.Pipelines;

namespace RnnLm.Tests.Pipelines;

public sealed class CarriedPayloadTests
{
    private const string Settings = """{"kind":"thing","word":"\"\\é😀"}""";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(1_000)]
    [InlineData((15 << 19) - 60)]
    [InlineData(15 << 19)]
    [InlineData((2 * (15 << 19)) + 7)]
    public void Settings_and_content_come_back(int length)
    {
        var content = Bytes(length);

        var pieces = Write(content, atATime: 100_003);

        var read = CarriedPayload.Read(pieces);
        Assert.Equal(Settings, read.Settings);
        Assert.Equal(length, read.Content.Length - read.Content.Position);
        Assert.Equal(content, Rest(read.Content));
    }

    [Fact]
    public void However_few_bytes_are_written_at_a_time_the_text_is_the_same()
    {
        var content = Bytes(333);
        Assert.All(Enumerable.Range(1, 40), atATime => Assert.Equal(Text(Write(content, 333)), Text(Write(content, atATime))));
    }

    [Fact]
    public void However_few_bytes_are_read_at_a_time_they_are_the_same()
    {
        var content = Bytes(333);
        Assert.All(Enumerable.Range(1, 40), atATime =>
        {
            var stream = CarriedPayload.Read(Write(content, 333)).Content;
            var (read, piece) = (new List<byte>(), new byte[atATime]);
            for (int count; (count = stream.Read(piece)) > 0;) read.AddRange(piece[..count]);
            Assert.Equal(content, read);
        });
    }

    [Fact]
    public void No_character_means_anything_to_who_reads_literals()
        => Assert.All(Text(Write(Bytes(100_000), 4_096)), character => Assert.InRange(character, '\u3400', '\ub3ff'));

    [Fact]
    public void Each_piece_stands_between_what_is_asked_for()
        => Assert.All(
            CarriedPayload.Write(Settings, stream => stream.Write(Bytes(20_000_000)), "<", ">"),
            piece => Assert.True(piece[0] == '<' && piece[^1] == '>' && !piece[1..^1].AsSpan().ContainsAny('<', '>')));

    [Fact]
    public void Every_character_that_is_altered_left_out_or_put_in_is_found()
    {
        var text = Text(Write(Bytes(200), 200));
        for (var place = 0; place < text.Length; place++)
        {
            // The last has a bit or more that stands for nothing.
            var last = place == text.Length - 1;
            foreach (var bit in (int[])[1, 0x10, 0x40])
                if (!last || bit == 1) AssertRefused(text[..place] + (char)(text[place] ^ bit) + text[(place + 1)..]);
            AssertRefused(text[..place] + 'a' + text[(place + 1)..]);
            AssertRefused(text[..place]);
            AssertRefused(text[..place] + text[(place + 1)..]);
            AssertRefused(text[..place] + text[place] + text[place..]);
        }
    }

    [Fact]
    public void Pieces_that_are_missing_or_in_another_order_are_found()
    {
        var pieces = Write(Bytes(20_000_000), 1 << 20);
        Assert.Equal(3, pieces.Length);
        foreach (var order in (int[][])[[], [0], [0, 1], [0, 2], [0, 2, 1], [1, 0, 2], [0, 0, 1], [0, 1, 1], [0, 1, 2, 2], [1], [2]])
            AssertRefused([.. order.Select(index => pieces[index])]);
    }

    [Fact]
    public void A_newer_version_is_refused_by_name()
    {
        var pieces = Write([], 1);
        var head = new byte[CarriedPayload.HeadLength];
        Assert.True(PackedText.TryUnpack(pieces[0].Span[..32], head));
        head[7]++;
        var newer = pieces[0].ToArray();
        PackedText.Pack(head, newer);
        Assert.Contains("newer version of RnnLm.Transforms", AssertRefused(new string(newer)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_carried_as_base64_is_read_still()
    {
        var content = Bytes(1_000);

        var read = CarriedPayload.Read(AsBase64(content));

        Assert.Equal(Settings, read.Settings);
        Assert.Equal(content, Rest(read.Content));
    }

    [Fact]
    public void Settings_carried_before_base64_are_refused_where_they_were_altered_or_are_alone()
    {
        var pieces = AsBase64(Bytes(100));
        AssertRefused([pieces[0].ToString().Replace("thing", "thong", StringComparison.Ordinal).AsMemory(), .. pieces[1..]]);
        AssertRefused([pieces[0][..^1], .. pieces[1..]]);
        AssertRefused([pieces[0]]);
        AssertRefused([.. pieces[..2], ("%" + pieces[2][1..]).AsMemory()]);
    }

    private static ReadOnlyMemory<char>[] AsBase64(byte[] content) =>
    [
        Settings.AsMemory(),
        Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(Settings.AsSpan()))).AsMemory(),
        .. content.Chunk(300).Select(chunk => Convert.ToBase64String(chunk).AsMemory()),
    ];

    private static string AssertRefused(string text) => AssertRefused([text.AsMemory()]);

    private static string AssertRefused(ReadOnlyMemory<char>[] pieces)
    {
        var message = Assert.Throws<InvalidDataException>(() => CarriedPayload.Read(pieces)).Message;
        Assert.StartsWith("This ML.NET model file ", message, StringComparison.Ordinal);
        return message;
    }

    private static ReadOnlyMemory<char>[] Write(byte[] content, int atATime)
    {
        var pieces = CarriedPayload.Write(Settings, stream =>
        {
            foreach (var chunk in content.Chunk(atATime)) stream.Write(chunk);
        });
        return [.. pieces.Select(piece => piece.AsMemory())];
    }

    private static string Text(ReadOnlyMemory<char>[] pieces) => string.Concat(pieces.Select(piece => piece.ToString()));

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Rest(Stream stream)
    {
        using var rest = new MemoryStream();
        stream.CopyTo(rest);
        return rest.ToArray();
    }
}
