using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Which columns of a schema somebody asked for.</summary>
internal static class ActiveColumns
{
    public static bool[] Of(IEnumerable<DataViewSchema.Column> columns, DataViewSchema schema)
    {
        Fault.CheckValue(columns, "columnsNeeded");
        var active = new bool[schema.Count];
        foreach (var column in columns)
        {
            Fault.Check(column.Index < active.Length, $"The requested column: {column} is not part of the sourceSchema");
            active[column.Index] = true;
        }
        return active;
    }

    public static IEnumerable<DataViewSchema.Column> Among(DataViewSchema schema, IEnumerable<int> indices)
    {
        var chosen = new bool[schema.Count];
        foreach (var index in indices)
            chosen[index] = true;
        return [.. schema.Where(c => chosen[c.Index])];
    }
}
