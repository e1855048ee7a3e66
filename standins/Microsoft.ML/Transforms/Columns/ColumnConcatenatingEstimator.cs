using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
{
    private readonly string output;
    private readonly string[] inputs;

    internal ColumnConcatenatingEstimator(string outputColumnName, string[] inputColumnNames)
    {
        Fault.CheckNonEmpty(outputColumnName);
        Fault.CheckValue(inputColumnNames);
        Fault.CheckArgument(inputColumnNames.Length > 0, nameof(inputColumnNames), "Input columns not specified");
        Fault.CheckArgument(!inputColumnNames.Any(string.IsNullOrEmpty), nameof(inputColumnNames), "Contained some null or empty items");
        output = outputColumnName;
        inputs = inputColumnNames;
    }

    public ColumnConcatenatingTransformer Fit(IDataView input)
    {
        Fault.CheckValue(input);
        return new(output, inputs);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Fault.CheckValue(inputSchema);
        var sources = Array.ConvertAll(inputs, name => inputSchema.TryFind(name, out var column)
            ? column
            : throw Fault.MissingColumn(nameof(inputSchema), "input", name));
        foreach (var source in sources)
        {
            Fault.Check(!source.IsKey, $"Column '{source.Name}' is key. Concatenation of keys is unsupported.");
            Fault.Check(source.ItemType.Equals(sources[0].ItemType), $"Concatenated columns should have the same type. Column "
                + $"'{source.Name}' has type of {source.ItemType}, but expected column type is {sources[0].ItemType}.");
        }
        var annotations = new List<SchemaShape.Column>();
        if (sources.All(s => s.Annotations.TryFind(AnnotationKinds.IsNormalized, out _)))
            annotations.Add(new(AnnotationKinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false));
        if (sources.Any(s => s.Kind == SchemaShape.Column.VectorKind.Scalar || s.Annotations.TryFind(AnnotationKinds.SlotNames, out _)))
            annotations.Add(new(AnnotationKinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, false));
        var kind = sources.Any(s => s.Kind == SchemaShape.Column.VectorKind.VariableVector)
            ? SchemaShape.Column.VectorKind.VariableVector
            : SchemaShape.Column.VectorKind.Vector;
        var columns = inputSchema.ToDictionary(c => c.Name);
        columns[output] = new(output, kind, sources[0].ItemType, false, new SchemaShape(annotations));
        return new SchemaShape(columns.Values);
    }
}
