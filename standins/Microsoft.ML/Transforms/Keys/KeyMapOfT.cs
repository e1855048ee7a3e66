using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

internal sealed class KeyMap<T>(PrimitiveDataViewType itemType, bool valuesAsText) : KeyMap(itemType, valuesAsText)
{
    private readonly List<T> values = [];
    private readonly Dictionary<T, uint> keys = new(TextComparer.For<T>());
    private readonly Func<T, bool> isMissing = MissingTest(itemType);

    public override int Count => values.Count;

    public override Func<bool> CreateAdder(DataViewRow row, DataViewSchema.Column column, int maximum)
    {
        if (column.Type is not VectorDataViewType)
        {
            var get = row.GetGetter<T>(column);
            return () =>
            {
                T value = default;
                get(ref value);
                return TryAdd(value, maximum);
            };
        }
        var getItems = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> items = default;
        return () =>
        {
            getItems(ref items);
            return items.DenseValues().All(item => TryAdd(item, maximum));
        };
    }

    public override void Sort()
    {
        if (values is List<ReadOnlyMemory<char>> texts)
            texts.Sort((a, b) => a.Span.CompareTo(b.Span, StringComparison.Ordinal));
        else
            values.Sort();
        for (var i = 0; i < values.Count; i++)
            keys[values[i]] = (uint)i + 1;
    }

    public override void Save(BinaryWriter writer)
    {
        var codec = ValueCodec.Of<T>(ItemType);
        TypeCodec.Write(writer, ItemType);
        writer.Write(ValuesAsText);
        writer.Write(values.Count);
        foreach (var value in values)
            codec.Write(writer, value);
    }

    public override void AddKeyValues(DataViewSchema.Annotations.Builder annotations, DataViewSchema.Column input)
    {
        if (Count == 0)
            return;
        if (ItemType is KeyDataViewType source
            && input.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type is VectorDataViewType names
            && (ulong)names.Size == source.Count)
            RuntimeGenerics.Call<object>(typeof(KeyMap<T>), this, nameof(AddNamesOfKeys), [names.ItemType.RawType],
                annotations, input, names.ItemType);
        else if (ValuesAsText && ItemType is not TextDataViewType)
            Add(annotations, TextDataViewType.Instance, [.. values.Select(v => KeyText.Of(v).AsMemory())]);
        else
            Add(annotations, ItemType, [.. values]);
    }

    public override Delegate CreateGetter(DataViewRow row, DataViewSchema.Column input)
        => input.Type is VectorDataViewType ? SparseGetter(row, input) : ItemGetters.OfScalar<T, uint>(row, input, KeyOf);

    protected override void LoadValues(BinaryReader reader)
    {
        var codec = ValueCodec.Of<T>(ItemType);
        for (var count = reader.ReadInt32(); count > 0; count--)
            Fault.CheckFormat(TryAdd(codec.Read(reader), int.MaxValue));
    }

    private static void Add<TValue>(DataViewSchema.Annotations.Builder annotations, PrimitiveDataViewType type, TValue[] all)
        => annotations.Add(AnnotationKinds.KeyValues, new VectorDataViewType(type, all.Length),
            (ref VBuffer<TValue> target) => VBuffer<TValue>.Copy(all, 0, ref target, all.Length));

    private static Func<T, bool> MissingTest(DataViewType type)
        => type is TextDataViewType ? value => ((ReadOnlyMemory<char>)(object)value).IsEmpty
         : type is KeyDataViewType ? value => Equals(value, default(T))
         : type == NumberDataViewType.Single ? value => float.IsNaN((float)(object)value)
         : type == NumberDataViewType.Double ? value => double.IsNaN((double)(object)value)
         : _ => false;

    private uint KeyOf(T value) => keys.GetValueOrDefault(value);

    private bool TryAdd(T value, int maximum)
    {
        if (isMissing(value) || keys.ContainsKey(value))
            return true;
        if (values.Count >= maximum)
            return false;
        values.Add(value);
        keys.Add(value, (uint)values.Count);
        return true;
    }

    // Keys of keys are named as the keys they stand for.
    private object AddNamesOfKeys<TName>(
        DataViewSchema.Annotations.Builder annotations,
        DataViewSchema.Column input,
        PrimitiveDataViewType type)
    {
        VBuffer<TName> buffer = default;
        input.GetKeyValues(ref buffer);
        var names = buffer.DenseValues().ToArray();
        Add(annotations, type, [.. values.Select(v => names[Convert.ToInt32(v) - 1])]);
        return null;
    }

    // Values that have no key are left out, so the vector is sparse where they are more than half.
    private ValueGetter<VBuffer<uint>> SparseGetter(DataViewRow row, DataViewSchema.Column input)
    {
        var get = row.GetGetter<VBuffer<T>>(input);
        VBuffer<T> items = default;
        return (ref VBuffer<uint> target) =>
        {
            get(ref items);
            uint[] found = [.. items.DenseValues().Select(KeyOf)];
            var explicitCount = found.Count(key => key != 0);
            if (explicitCount >= Math.Max(1, found.Length / 2))
            {
                VBuffer<uint>.Copy(found, 0, ref target, found.Length);
                return;
            }
            var editor = VBufferEditor.Create(ref target, found.Length, explicitCount);
            var next = 0;
            for (var slot = 0; slot < found.Length; slot++)
            {
                if (found[slot] == 0)
                    continue;
                editor.Values[next] = found[slot];
                editor.Indices[next++] = slot;
            }
            target = editor.Commit();
        };
    }
}
