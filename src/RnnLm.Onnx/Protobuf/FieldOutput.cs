using Google.Protobuf;

namespace RnnLm.Onnx.Protobuf;

/// <summary>Writes fields.</summary>
internal sealed class FieldOutput : IFieldWriter
{
    private readonly Stream stream;
    private readonly CodedOutputStream output;

    private FieldOutput(Stream stream, CodedOutputStream output) => (this.stream, this.output) = (stream, output);

    /// <summary>Writes a message.</summary>
    /// <param name="stream">Where it is written to; it stays open.</param>
    /// <param name="describe">Hands on the message's fields. It has fewer than 2^31 bytes.</param>
    public static void Write(Stream stream, Action<IFieldWriter> describe)
    {
        using var output = new CodedOutputStream(stream, leaveOpen: true);
        describe(new FieldOutput(stream, output));
    }

    public void Integer(int field, long value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    public void Single(int field, float value)
    {
        output.WriteTag(field, WireFormat.WireType.Fixed32);
        output.WriteFloat(value);
    }

    public void Text(int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    }

    public void Bytes(int field, long length, Action<Stream> write)
    {
        WritePrefix(field, length);
        // Past the buffer: what is long goes straight to the stream.
        output.Flush();
        write(stream);
    }

    public void Message(int field, Action<IFieldWriter> describe)
    {
        WritePrefix(field, FieldSizes.Of(describe));
        describe(this);
    }

    private void WritePrefix(int field, long length)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteLength(checked((int)length));
    }
}
