using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

internal static class SchemaShapeExtensions
{
    /// <summary>The shape with a column for each pair, made from the column it is made of.</summary>
    public static SchemaShape With(
        this SchemaShape shape,
        IEnumerable<ColumnPair> pairs,
        Func<SchemaShape.Column, string, SchemaShape.Column> create)
    {
        Fault.CheckValue(shape, "inputSchema");
        var columns = shape.ToDictionary(c => c.Name);
        foreach (var (output, name) in pairs)
        {
            if (!shape.TryFind(name, out var input))
                throw Fault.MissingColumn("inputSchema", "input", name);
            columns[output] = create(input, output);
        }
        return new SchemaShape(columns.Values);
    }
}
