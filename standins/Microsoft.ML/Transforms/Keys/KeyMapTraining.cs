using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Finds the values that get keys: those of the data, or those of a data view of their own.</summary>
internal sealed class KeyMapTraining(ColumnPair[] columns, KeyMapOptions options, IDataView keyData)
{
    public KeyMap[] Run(IDataView input)
    {
        Fault.CheckValue(input);
        var sources = Array.ConvertAll(columns, pair => input.Schema.GetColumnOrNull(pair.Input)
            ?? throw Fault.MissingColumn("inputSchema", "input", pair.Input));
        var maps = Array.ConvertAll(sources, c => KeyMap.Create((PrimitiveDataViewType)c.Type.ItemType(), options.ValuesAsText));
        if (keyData is not null)
            Array.ForEach(maps, AddKeyData);
        else
            Learn(input, sources, maps);
        if (options.Ordinality == ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            Array.ForEach(maps, map => map.Sort());
        return maps;
    }

    private void Learn(IDataView input, DataViewSchema.Column[] sources, KeyMap[] maps)
    {
        Fault.CheckArgument(options.MaximumKeys > 0, "MaxNumTerms", "Must be positive");
        using var cursor = input.GetRowCursor(sources);
        var adders = maps.Select((map, i) => map.CreateAdder(cursor, sources[i], options.MaximumKeys)).ToArray();
        while (cursor.MoveNext())
            foreach (var add in adders)
                add();
    }

    private void AddKeyData(KeyMap map)
    {
        var column = keyData.Schema[0];
        Fault.CheckArgument(column.Type.Equals(map.ItemType), nameof(keyData),
            $"Input data's column must be of type '{map.ItemType}' but was '{column.Type}'");
        using var cursor = keyData.GetRowCursor([column]);
        var add = map.CreateAdder(cursor, column, int.MaxValue);
        while (cursor.MoveNext())
            add();
    }
}
