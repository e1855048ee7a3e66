using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    private readonly ColumnPair[] columns;
    private readonly KeyMapOptions options;
    private readonly IDataView keyData;

    internal ValueToKeyMappingEstimator(ColumnPair[] columns, KeyMapOptions options, IDataView keyData)
    {
        Fault.CheckArgument(columns.Length > 0, nameof(columns));
        Fault.CheckArgument(keyData is null || keyData.Schema.Count == 1, nameof(keyData), "If specified, this data view should contain "
            + $"only a single column containing the terms to map, but this had {keyData?.Schema.Count} columns.");
        this.columns = columns;
        this.options = options;
        this.keyData = keyData;
    }

    public enum KeyOrdinality : byte
    {
        ByOccurrence = 0,
        ByValue = 1,
    }

    public ValueToKeyMappingTransformer Fit(IDataView input)
        => new(columns, new KeyMapTraining(columns, options, keyData).Run(input));

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => inputSchema.With(columns, (input, output) =>
        {
            if (!input.IsKey || !input.Annotations.TryFind(AnnotationKinds.KeyValues, out var values)
                || values.Kind != SchemaShape.Column.VectorKind.Vector)
                values = new(AnnotationKinds.KeyValues, SchemaShape.Column.VectorKind.Vector,
                    options.ValuesAsText ? TextDataViewType.Instance : input.ItemType, input.IsKey);
            var annotations = input.Annotations.TryFind(AnnotationKinds.SlotNames, out var names) ? new[] { names, values } : [values];
            return new(output, input.Kind, NumberDataViewType.UInt32, isKey: true, new SchemaShape(annotations));
        });
}
