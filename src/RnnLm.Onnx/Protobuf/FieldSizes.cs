using Google.Protobuf;

namespace RnnLm.Onnx.Protobuf;

/// <summary>Counts the bytes that fields take.</summary>
internal sealed class FieldSizes : IFieldWriter
{
    // What the length of more than 2^31 bytes would take. Nothing so long is written, but its size is told.
    private const int LongestLength = 5;

    private long total;

    private FieldSizes()
    {
    }

    /// <summary>The number of bytes of a message.</summary>
    /// <param name="describe">Hands on the message's fields.</param>
    public static long Of(Action<IFieldWriter> describe)
    {
        var sizes = new FieldSizes();
        describe(sizes);
        return sizes.total;
    }

    public void Integer(int field, long value) => total += CodedOutputStream.ComputeTagSize(field) + CodedOutputStream.ComputeInt64Size(value);

    public void Single(int field, float value) => total += CodedOutputStream.ComputeTagSize(field) + CodedOutputStream.ComputeFloatSize(value);

    public void Text(int field, string value) => total += CodedOutputStream.ComputeTagSize(field) + CodedOutputStream.ComputeStringSize(value);

    public void Bytes(int field, long length, Action<Stream> write) => AddPrefixed(field, length);

    public void Message(int field, Action<IFieldWriter> describe) => AddPrefixed(field, Of(describe));

    private void AddPrefixed(int field, long length)
        => total += CodedOutputStream.ComputeTagSize(field) + (length > int.MaxValue ? LongestLength : CodedOutputStream.ComputeLengthSize((int)length)) + length;
}
