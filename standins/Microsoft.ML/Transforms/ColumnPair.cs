namespace Microsoft.ML.Data;

/// <summary>The names of a new column and of the one it is made of.</summary>
internal readonly record struct ColumnPair(string Output, string Input)
{
    public static ColumnPair[] Of(InputOutputColumnPair[] columns)
    {
        Runtime.Fault.CheckValue(columns);
        return Array.ConvertAll(columns, c => new ColumnPair(c.OutputColumnName, c.InputColumnName));
    }

    public static void Save(BinaryWriter writer, ColumnPair[] columns)
    {
        writer.Write(columns.Length);
        foreach (var (output, input) in columns)
        {
            writer.Write(output);
            writer.Write(input);
        }
    }

    public static ColumnPair[] Load(BinaryReader reader)
    {
        var columns = new List<ColumnPair>();
        for (var count = reader.ReadInt32(); columns.Count < count;)
            columns.Add(new(reader.ReadString(), reader.ReadString()));
        return [.. columns];
    }
}
