using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

public static class ConversionsExtensionsCatalog
{
    public static ValueMappingEstimator<TInputType, TOutputType> MapValue<TInputType, TOutputType>(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        IEnumerable<KeyValuePair<TInputType, TOutputType>> keyValuePairs,
        string inputColumnName = null,
        bool treatValuesAsKeyType = false)
        => new(Lookup(outputColumnName, inputColumnName, LookupTable.Create(keyValuePairs, treatValuesAsKeyType)));

    public static ValueMappingEstimator<TInputType, TOutputType> MapValue<TInputType, TOutputType>(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        IEnumerable<KeyValuePair<TInputType, TOutputType[]>> keyValuePairs,
        string inputColumnName = null)
        => new(Lookup(outputColumnName, inputColumnName, LookupTable.CreateVectors(keyValuePairs)));

    public static ValueMappingEstimator MapValue(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        IDataView lookupMap,
        DataViewSchema.Column keyColumn,
        DataViewSchema.Column valueColumn,
        string inputColumnName = null)
        => new(ValueMappingTransformer.Create(lookupMap, keyColumn, valueColumn, [Pair(outputColumnName, inputColumnName)]));

    private static ValueMappingTransformer Lookup(string output, string input, IDataView table)
        => ValueMappingTransformer.Create(table, table.Schema[LookupTable.KeyColumn], table.Schema[LookupTable.ValueColumn], [Pair(output, input)]);

    private static ColumnPair Pair(string output, string input) => new(output, input ?? output);
}
