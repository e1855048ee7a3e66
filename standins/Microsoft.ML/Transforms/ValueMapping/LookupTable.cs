using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Makes a data view with a key and a value column of pairs.</summary>
internal static class LookupTable
{
    public const string KeyColumn = "Key";
    public const string ValueColumn = "Value";

    public static IDataView Create<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>> pairs, bool valuesAreKeys)
    {
        TypeOf<TKey>();
        TypeOf<TValue>();
        var list = pairs.ToArray();
        return valuesAreKeys ? WithKeys(list) : View(list, _ => { });
    }

    /// <summary>Vectors of values; the column has their size where all have the same.</summary>
    public static IDataView CreateVectors<TKey, TItem>(IEnumerable<KeyValuePair<TKey, TItem[]>> pairs)
    {
        TypeOf<TKey>();
        var item = TypeOf<TItem>();
        var list = pairs.ToArray();
        var size = list.Select(p => p.Value?.Length ?? 0).Distinct().Count() == 1 ? list[0].Value?.Length ?? 0 : 0;
        return View(list, column => column.ColumnType = new VectorDataViewType(item, size));
    }

    private static IDataView WithKeys<TKey, TValue>(KeyValuePair<TKey, TValue>[] pairs)
    {
        var names = pairs.Select(p => p.Value).Distinct().ToArray();
        Fault.CheckArgument(names.Length > 0, "keyCount");
        var numbers = names.Select((name, i) => (name, i)).ToDictionary(n => n.name, n => (uint)n.i);
        // Whole numbers are keys as they stand; other values are numbered in the order in which they occur.
        return pairs switch
        {
            KeyValuePair<TKey, uint>[] keys => Keys(keys, key => key - 1),
            KeyValuePair<TKey, ulong>[] keys => Keys(keys, key => key - 1),
            _ => Keys(pairs, value => numbers[value]),
        };

        IDataView Keys<T, TRaw>(KeyValuePair<TKey, T>[] source, Func<T, TRaw> rawKey)
            => View([.. source.Select(p => KeyValuePair.Create(p.Key, rawKey(p.Value)))], column =>
            {
                column.ColumnType = new KeyDataViewType(typeof(TRaw), (ulong)names.Length);
                column.AddAnnotation(AnnotationKinds.KeyValues, Array.ConvertAll(names, n => n.ToString()),
                    new VectorDataViewType(TextDataViewType.Instance, names.Length));
            });
    }

    private static IDataView View<TKey, TValue>(KeyValuePair<TKey, TValue>[] pairs, Action<SchemaDefinition.Column> describeValue)
    {
        var definition = SchemaDefinition.Create(typeof(MapEntry<TKey, TValue>));
        describeValue(definition[ValueColumn]);
        var rows = pairs.Select(p => new MapEntry<TKey, TValue> { Key = p.Key, Value = p.Value });
        return new EnumerableDataView<MapEntry<TKey, TValue>>(rows, RowType.Create(typeof(MapEntry<TKey, TValue>), definition));
    }

    private static PrimitiveDataViewType TypeOf<T>()
        => PrimitiveTypes.Find(typeof(T)) ?? throw Fault.State($"Unsupported type {typeof(T)} used in mapping.");
}
