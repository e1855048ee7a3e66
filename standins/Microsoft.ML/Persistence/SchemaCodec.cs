namespace Microsoft.ML.Runtime;

/// <summary>Writes and reads schemas: names, types, and the values of their annotations.</summary>
internal static class SchemaCodec
{
    public static void Write(BinaryWriter writer, DataViewSchema schema)
    {
        writer.Write(schema.Count);
        foreach (var column in schema)
        {
            writer.Write(column.Name);
            TypeCodec.Write(writer, column.Type);
            WriteAnnotations(writer, column.Annotations);
        }
    }

    public static DataViewSchema Read(BinaryReader reader)
    {
        var builder = new DataViewSchema.Builder();
        for (var count = reader.ReadInt32(); count > 0; count--)
            builder.AddColumn(ReadName(reader), TypeCodec.Read(reader), ReadAnnotations(reader));
        return builder.ToSchema();
    }

    public static void WriteAnnotations(BinaryWriter writer, DataViewSchema.Annotations annotations)
    {
        writer.Write(annotations.Schema.Count);
        foreach (var kind in annotations.Schema)
        {
            writer.Write(kind.Name);
            TypeCodec.Write(writer, kind.Type);
            ValueCodec.Of(kind.Type).WriteFrom(writer, annotations.GetterAt(kind.Index));
        }
    }

    public static DataViewSchema.Annotations ReadAnnotations(BinaryReader reader)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            var name = ReadName(reader);
            var type = TypeCodec.Read(reader);
            builder.Add(name, type, ValueCodec.Of(type).ReadGetter(reader));
        }
        return builder.ToAnnotations();
    }

    private static string ReadName(BinaryReader reader)
    {
        var name = reader.ReadString();
        Fault.CheckFormat(name.Length > 0);
        return name;
    }
}
