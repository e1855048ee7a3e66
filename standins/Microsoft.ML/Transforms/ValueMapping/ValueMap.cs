using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>A table from keys to values, each of one column type.</summary>
internal abstract class ValueMap(DataViewType keyType, DataViewType valueType, DataViewSchema.Annotations annotations)
{
    public DataViewType KeyType => keyType;

    public DataViewType ValueType => valueType;

    /// <summary>The annotations of columns of values, such as the names of keys.</summary>
    public DataViewSchema.Annotations Annotations => annotations;

    public static ValueMap Create(DataViewType keyType, DataViewType valueType, DataViewSchema.Annotations annotations)
        => (ValueMap)Activator.CreateInstance(typeof(ValueMap<,>).MakeGenericType(keyType.RawType, valueType.RawType),
            keyType, valueType, annotations);

    public abstract void AddRows(DataViewRowCursor cursor, DataViewSchema.Column keys, DataViewSchema.Column values);

    public abstract void Save(BinaryWriter writer);

    public abstract Delegate CreateGetter(DataViewRow row, DataViewSchema.Column input);

    public static ValueMap Load(BinaryReader reader)
    {
        var keyType = TypeCodec.Read(reader);
        var map = Create(keyType, TypeCodec.Read(reader), SchemaCodec.ReadAnnotations(reader));
        map.LoadEntries(reader);
        return map;
    }

    protected abstract void LoadEntries(BinaryReader reader);
}
