using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

internal sealed class ValueMap<TKey, TValue>(DataViewType keyType, DataViewType valueType, DataViewSchema.Annotations annotations)
    : ValueMap(keyType, valueType, annotations)
{
    private readonly Dictionary<TKey, TValue> entries = new(TextComparer.For<TKey>());
    private readonly ValueCodec<TKey> keyCodec = ValueCodec.Of<TKey>(keyType);
    private readonly ValueCodec<TValue> valueCodec = ValueCodec.Of<TValue>(valueType);

    public void Add(TKey key, TValue value) => Fault.Check(entries.TryAdd(key, value), $"Duplicate keys in data '{key}'");

    public override void AddRows(DataViewRowCursor cursor, DataViewSchema.Column keys, DataViewSchema.Column values)
    {
        var getKey = cursor.GetGetter<TKey>(keys);
        var getValue = cursor.GetGetter<TValue>(values);
        while (cursor.MoveNext())
        {
            TKey key = default;
            TValue value = default;
            getKey(ref key);
            getValue(ref value);
            Add(key, value);
        }
    }

    public override void Save(BinaryWriter writer)
    {
        TypeCodec.Write(writer, KeyType);
        TypeCodec.Write(writer, ValueType);
        SchemaCodec.WriteAnnotations(writer, Annotations);
        writer.Write(entries.Count);
        foreach (var (key, value) in entries)
        {
            keyCodec.Write(writer, key);
            valueCodec.Write(writer, value);
        }
    }

    public override Delegate CreateGetter(DataViewRow row, DataViewSchema.Column input)
        => input.Type is VectorDataViewType ? ItemByItem(row.GetGetter<VBuffer<TKey>>(input)) : Single(row.GetGetter<TKey>(input));

    protected override void LoadEntries(BinaryReader reader)
    {
        for (var count = reader.ReadInt32(); count > 0; count--)
            Add(keyCodec.Read(reader), valueCodec.Read(reader));
    }

    private Delegate Single(ValueGetter<TKey> getKey)
    {
        var copy = ValueCopy.For<TValue>(ValueType);
        TKey key = default;
        return (ValueGetter<TValue>)((ref TValue target) =>
        {
            getKey(ref key);
            if (entries.TryGetValue(key, out var value))
                copy(value, ref target);
            else
                target = default;
        });
    }

    private Delegate ItemByItem(ValueGetter<VBuffer<TKey>> getKeys)
    {
        VBuffer<TKey> keys = default;
        return (ValueGetter<VBuffer<TValue>>)((ref VBuffer<TValue> target) =>
        {
            getKeys(ref keys);
            var editor = VBufferEditor.Create(ref target, keys.Length);
            foreach (var (slot, key) in keys.Items(all: true))
                editor.Values[slot] = entries.TryGetValue(key, out var value) ? value : default;
            target = editor.Commit();
        });
    }
}
