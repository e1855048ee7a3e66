using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Maps a row through several mappers, each of which is asked only for what those behind it need.</summary>
internal sealed class ChainedRowMapper(DataViewSchema inputSchema, IRowToRowMapper[] mappers) : IRowToRowMapper
{
    public DataViewSchema InputSchema => inputSchema;

    public DataViewSchema OutputSchema => mappers.Length > 0 ? mappers[^1].OutputSchema : inputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => mappers.Reverse().Aggregate(dependingColumns, (columns, mapper) => mapper.GetDependencies(columns));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Fault.CheckValue(input);
        Fault.CheckValue(activeColumns);
        Fault.CheckArgument(input.Schema == inputSchema, nameof(input), "Schema did not match original schema");
        if (mappers.Length == 0)
        {
            foreach (var column in activeColumns)
                Fault.CheckArgument(input.IsColumnActive(column), nameof(input),
                    $"Mapper required column '{column.Name}' active but it was not.");
            return input;
        }
        var active = new IEnumerable<DataViewSchema.Column>[mappers.Length];
        active[^1] = ActiveColumns.Among(OutputSchema, activeColumns.Select(c => c.Index));
        for (var i = mappers.Length - 1; i > 0; i--)
            active[i - 1] = mappers[i].GetDependencies(active[i]);
        var row = input;
        for (var i = 0; i < mappers.Length; i++)
            row = mappers[i].GetRow(row, active[i]);
        return row;
    }
}
