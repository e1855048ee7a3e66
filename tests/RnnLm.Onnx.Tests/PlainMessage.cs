using System.Buffers.Binary;
using System.Text;

namespace RnnLm.Onnx.Tests;

/// <summary>A message of Protocol Buffers, read by the format's description alone: the values of each field, in the order in which they are there.</summary>
internal sealed class PlainMessage
{
    private readonly Dictionary<int, List<object>> fields = [];

    public PlainMessage(ReadOnlyMemory<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var tag = Varint(bytes.Span, ref at);
            object value;
            switch (tag & 7)
            {
                case 0:
                    value = Varint(bytes.Span, ref at);
                    break;
                case 2:
                    var length = (int)Varint(bytes.Span, ref at);
                    value = bytes.Slice(at, length);
                    at += length;
                    break;
                case 5:
                    value = BinaryPrimitives.ReadSingleLittleEndian(bytes.Span[at..]);
                    at += sizeof(float);
                    break;
                default:
                    throw new InvalidDataException($"There is no field of wire type {tag & 7} in what is written.");
            }
            if (!fields.TryGetValue((int)(tag >> 3), out var values)) fields.Add((int)(tag >> 3), values = []);
            values.Add(value);
        }
    }

    public long[] Integers(int field) => [.. Values(field).Select(value => (long)(ulong)value)];

    public byte[][] Bytes(int field) => [.. Values(field).Select(value => ((ReadOnlyMemory<byte>)value).ToArray())];

    public string[] Texts(int field) => [.. Bytes(field).Select(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString)];

    public string Text(int field) => Texts(field).Single();

    public PlainMessage[] Messages(int field) => [.. Values(field).Select(value => new PlainMessage((ReadOnlyMemory<byte>)value))];

    public PlainMessage Message(int field) => Messages(field).Single();

    private List<object> Values(int field) => fields.GetValueOrDefault(field, []);

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var (value, shift) = (0ul, 0);
        while (true)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
            shift += 7;
        }
    }
}
