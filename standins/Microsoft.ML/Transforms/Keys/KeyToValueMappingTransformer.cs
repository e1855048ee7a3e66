using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Puts in the place of keys the values that the column's annotation has for them.</summary>
public sealed class KeyToValueMappingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "MapKeyToValue";

    internal KeyToValueMappingTransformer(ColumnPair[] columns)
        : base(columns)
    {
    }

    internal static KeyToValueMappingTransformer Load(ModelReader model) => new(ColumnPair.Load(model.Reader));

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.Begin(Signature);
        ColumnPair.Save(context.Writer, Columns);
    }

    private protected override void CheckInput(DataViewSchema.Column input, int index)
    {
        var type = input.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type;
        Fault.Check(type is not null, "Metadata KeyValues does not exist");
        Fault.Check(type is VectorDataViewType values && input.Type.ItemType() is KeyDataViewType key && (ulong)values.Size == key.Count,
            "KeyValues metadata size does not match column type key count");
    }

    private protected override DataViewSchema.DetachedColumn CreateColumn(DataViewSchema.Column input, int index)
    {
        var item = ValueType(input);
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
        return new(Columns[index].Output, input.Type is VectorDataViewType vector ? new VectorDataViewType(item, vector.Dimensions) : item,
            annotations.ToAnnotations());
    }

    private protected override Delegate CreateGetter(DataViewRow row, DataViewSchema.Column input, int index)
        => RuntimeGenerics.CallStatic<Delegate>(typeof(KeyToValueMappingTransformer), nameof(Typed),
            [input.Type.ItemType().RawType, ValueType(input).RawType], row, input);

    private static PrimitiveDataViewType ValueType(DataViewSchema.Column input)
        => ((VectorDataViewType)input.Annotations.Schema[AnnotationKinds.KeyValues].Type).ItemType;

    private static Delegate Typed<TKey, TValue>(DataViewRow row, DataViewSchema.Column input)
    {
        VBuffer<TValue> annotation = default;
        input.GetKeyValues(ref annotation);
        var values = annotation.DenseValues().ToArray();
        var toNumber = (Func<TKey, ulong>)ValueConversions.Find(PrimitiveTypes.Find(typeof(TKey)), NumberDataViewType.UInt64);
        var missing = typeof(TValue) == typeof(float) ? (TValue)(object)float.NaN
            : typeof(TValue) == typeof(double) ? (TValue)(object)double.NaN
            : default;
        TValue ValueOf(TKey key)
        {
            var number = toNumber(key);
            return number > 0 && number <= (ulong)values.Length ? values[number - 1] : missing;
        }
        if (input.Type is not VectorDataViewType)
            return ItemGetters.OfScalar<TKey, TValue>(row, input, ValueOf);
        var sparse = ItemGetters.OfVector<TKey, TValue>(row, input, ValueOf);
        // Where what is missing is not the default, a sparse result would give the wrong value between its items.
        return EqualityComparer<TValue>.Default.Equals(missing, default) ? sparse : Dense<TKey, TValue>(row, input, ValueOf);
    }

    private static ValueGetter<VBuffer<TValue>> Dense<TKey, TValue>(
        DataViewRow row,
        DataViewSchema.Column input,
        Func<TKey, TValue> valueOf)
    {
        var get = row.GetGetter<VBuffer<TKey>>(input);
        VBuffer<TKey> keys = default;
        return (ref VBuffer<TValue> target) =>
        {
            get(ref keys);
            var editor = VBufferEditor.Create(ref target, keys.Length);
            foreach (var (slot, key) in keys.Items(all: true))
                editor.Values[slot] = valueOf(key);
            target = editor.Commit();
        };
    }
}
