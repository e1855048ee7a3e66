namespace Microsoft.ML.Runtime;

internal abstract class ValueCodec<T> : ValueCodec
{
    public abstract void Write(BinaryWriter writer, in T value);

    public abstract T Read(BinaryReader reader);

    public override void WriteFrom(BinaryWriter writer, Delegate getter)
    {
        T value = default;
        ((ValueGetter<T>)getter)(ref value);
        Write(writer, value);
    }

    public override Delegate ReadGetter(BinaryReader reader)
    {
        var value = Read(reader);
        return Getter(value);
    }

    protected virtual ValueGetter<T> Getter(T value) => (ref T target) => target = value;
}
