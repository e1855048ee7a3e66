using System.Collections;

namespace Microsoft.ML;

/// <summary>The columns of a data view. Where several bear one name, that name means the last of them and the others are hidden.</summary>
public sealed partial class DataViewSchema : IReadOnlyList<DataViewSchema.Column>
{
    private readonly Column[] columns;
    private readonly Dictionary<string, int> indices = [];

    private DataViewSchema(IReadOnlyList<DetachedColumn> source)
    {
        for (var i = 0; i < source.Count; i++)
            indices[source[i].Name] = i;
        columns = [.. source.Select((c, i) => new Column(c.Name, i, indices[c.Name] != i, c.Type, c.Annotations))];
    }

    public int Count => columns.Length;

    public Column this[string name]
        => GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(name), $"Column '{name}' not found");

    public Column this[int columnIndex]
        => columnIndex >= 0 && columnIndex < columns.Length
            ? columns[columnIndex]
            : throw new ArgumentOutOfRangeException(nameof(columnIndex));

    public Column? GetColumnOrNull(string name)
    {
        if (string.IsNullOrEmpty(name))
            throw new ArgumentNullException(nameof(name));
        return indices.TryGetValue(name, out var index) ? columns[index] : null;
    }

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"{Count} columns";

    internal static DataViewSchema Of(IEnumerable<DetachedColumn> columns) => new([.. columns]);

    internal bool TryGetIndex(string name, out int index) => indices.TryGetValue(name, out index);
}
