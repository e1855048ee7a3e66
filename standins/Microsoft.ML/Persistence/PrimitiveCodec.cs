namespace Microsoft.ML.Runtime;

internal sealed class PrimitiveCodec<T>(Action<BinaryWriter, T> write, Func<BinaryReader, T> read) : ValueCodec<T>
{
    public override void Write(BinaryWriter writer, in T value) => write(writer, value);

    public override T Read(BinaryReader reader) => read(reader);
}
