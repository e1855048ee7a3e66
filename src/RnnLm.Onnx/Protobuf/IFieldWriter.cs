namespace RnnLm.Onnx.Protobuf;

/// <summary>
/// Takes the fields of a message of Protocol Buffers. What describes a message to one that counts bytes and then to one that writes them
/// has said once what is in it, and can be preceded by its length.
/// </summary>
internal interface IFieldWriter
{
    /// <summary>A field of one of the types int32, int64 and enum.</summary>
    void Integer(int field, long value);

    /// <summary>A field of the type float.</summary>
    void Single(int field, float value);

    /// <summary>A field of the type string, or of the type bytes that holds text.</summary>
    void Text(int field, string value);

    /// <summary>A field of the type bytes.</summary>
    /// <param name="field">The field's number.</param>
    /// <param name="length">The number of bytes.</param>
    /// <param name="write">Writes as many.</param>
    void Bytes(int field, long length, Action<Stream> write);

    /// <summary>A field that is a message.</summary>
    /// <param name="field">The field's number.</param>
    /// <param name="describe">Hands on the message's fields, the same whenever it is called.</param>
    void Message(int field, Action<IFieldWriter> describe);
}
