using System.Collections;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>What an estimator knows of a schema before it sees data: names and kinds of columns, but no sizes and values.</summary>
public sealed partial class SchemaShape : IReadOnlyList<SchemaShape.Column>
{
    private readonly Column[] columns;

    public SchemaShape(IEnumerable<Column> columns)
    {
        Fault.CheckValue(columns);
        this.columns = [.. columns];
        Fault.CheckArgument(this.columns.All(c => c.IsValid), nameof(columns), "Some items are not initialized properly.");
    }

    internal static SchemaShape Empty { get; } = new([]);

    public int Count => columns.Length;

    public Column this[int index] => columns[index];

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static SchemaShape Create(DataViewSchema schema)
    {
        Fault.CheckValue(schema);
        return new SchemaShape(schema.Where(c => !c.IsHidden).Select(c => Column.Create(c.Name, c.Type,
            c.Annotations.Schema.Count == 0
                ? Empty
                : new SchemaShape(c.Annotations.Schema.Select(a => Column.Create(a.Name, a.Type, Empty))))));
    }

    internal bool TryFind(string name, out Column column)
    {
        Fault.CheckValue(name);
        column = columns.FirstOrDefault(c => c.Name == name);
        return column.IsValid;
    }
}
