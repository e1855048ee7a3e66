using Microsoft.ML.Data;

namespace Microsoft.ML.Runtime;

internal sealed class VectorCodec<T>(ValueCodec<T> items) : ValueCodec<VBuffer<T>>
{
    private const int FirstCapacity = 1 << 16;

    public override void Write(BinaryWriter writer, in VBuffer<T> value)
    {
        var values = value.GetValues();
        writer.Write(value.Length);
        writer.Write(values.Length);
        foreach (var index in value.GetIndices())
            writer.Write(index);
        foreach (ref readonly var item in values)
            items.Write(writer, item);
    }

    public override VBuffer<T> Read(BinaryReader reader)
    {
        int length = reader.ReadInt32(), count = reader.ReadInt32();
        Fault.CheckFormat(length >= 0 && count >= 0 && count <= length);
        var indices = count < length ? ReadAll(count, reader.ReadInt32) : null;
        for (var i = 0; i < indices?.Length; i++)
            Fault.CheckFormat(indices[i] < length && indices[i] > (i == 0 ? -1 : indices[i - 1]));
        return new VBuffer<T>(length, count, ReadAll(count, () => items.Read(reader)), indices);
    }

    protected override ValueGetter<VBuffer<T>> Getter(VBuffer<T> value) => (ref VBuffer<T> target) => value.CopyTo(ref target);

    private static TItem[] ReadAll<TItem>(int count, Func<TItem> read)
    {
        var all = new List<TItem>(Math.Min(count, FirstCapacity));
        while (all.Count < count)
            all.Add(read());
        return [.. all];
    }
}
