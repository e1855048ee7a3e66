using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Looks up values in a table, which is saved with the model.</summary>
public class ValueMappingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "MapValue";
    private const string MapEntryName = "Map";

    private ValueMappingTransformer(ValueMap map, ColumnPair[] columns)
        : base(columns)
        => Map = map;

    internal ValueMap Map { get; }

    internal static ValueMappingTransformer Create(
        IDataView lookup,
        DataViewSchema.Column keys,
        DataViewSchema.Column values,
        ColumnPair[] columns)
    {
        Check(lookup, keys, "keyColumn");
        Check(lookup, values, "valueColumn");
        var map = ValueMap.Create(keys.Type, values.Type, values.Annotations);
        using var cursor = lookup.GetRowCursor([keys, values]);
        map.AddRows(cursor, keys, values);
        return new(map, columns);
    }

    internal static ValueMappingTransformer Load(ModelReader model)
    {
        ValueMap map = null;
        model.LoadEntry(MapEntryName, reader => map = ValueMap.Load(reader));
        return new(map, ColumnPair.Load(model.Reader));
    }

    internal static string BothVectors(string column)
        => $"Column '{column}' cannot be mapped to values when the column and the map values are both vector type.";

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.Begin(Signature);
        ColumnPair.Save(context.Writer, Columns);
        context.SaveEntry(MapEntryName, Map.Save);
    }

    private protected override DataViewSchema.DetachedColumn CreateColumn(DataViewSchema.Column input, int index)
    {
        if (input.Type is not VectorDataViewType)
            return new(Columns[index].Output, Map.ValueType, Map.Annotations);
        if (Map.ValueType is VectorDataViewType)
            throw Fault.NotSupported(BothVectors(input.Name));
        // As in ML.NET, vectors of keys become vectors of plain numbers of unknown size.
        return new(Columns[index].Output, new VectorDataViewType(PrimitiveTypes.Find(Map.ValueType.RawType)), Map.Annotations);
    }

    private protected override Delegate CreateGetter(DataViewRow row, DataViewSchema.Column input, int index)
        => Map.CreateGetter(row, input);

    private static void Check(IDataView lookup, DataViewSchema.Column column, string parameter)
    {
        var found = lookup.Schema.GetColumnOrNull(column.Name);
        Fault.Check(found is not null, $"The selected column {parameter} is not included in the targeted IDataView dataView");
        Fault.Check(found.Value.Index == column.Index && found.Value.Type == column.Type && found.Value.Annotations == column.Annotations,
            $"{parameter}'s column doesn't match the associated column in dataView");
    }
}
