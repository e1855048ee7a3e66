using System.Buffers.Binary;
using System.Text.Json;

namespace RnnLm.Safetensors;

/// <summary>Writes the header of a safetensors file, whose tensors follow one another without a gap.</summary>
internal static class SafetensorsHeaderWriter
{
    private const int Alignment = 8;

    /// <summary>The length, the JSON, and the spaces that bring the first tensor to an aligned place.</summary>
    /// <param name="metadata">The metadata.</param>
    /// <param name="tensors">The tensors in the order in which they will lie in the file.</param>
    public static byte[] Write(IEnumerable<KeyValuePair<string, string>> metadata, IEnumerable<(string Name, string Type, long[] Shape)> tensors)
    {
        var json = Json(metadata, tensors);
        var length = (json.Length + Alignment - 1) / Alignment * Alignment;
        var header = new byte[sizeof(ulong) + length];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)length);
        json.CopyTo(header, sizeof(ulong));
        header.AsSpan(sizeof(ulong) + json.Length).Fill((byte)' ');
        return header;
    }

    private static byte[] Json(IEnumerable<KeyValuePair<string, string>> metadata, IEnumerable<(string Name, string Type, long[] Shape)> tensors)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteStartObject(SafetensorsHeader.MetadataName);
            foreach (var (key, value) in metadata) writer.WriteString(key, value);
            writer.WriteEndObject();

            var begin = 0L;
            foreach (var (name, type, shape) in tensors)
            {
                var end = begin + (shape.Aggregate(1L, (product, size) => product * size) * TensorEntry.BytesOf(type)!.Value);
                WriteTensor(writer, new TensorEntry(name, type, shape, begin, end));
                begin = end;
            }
            writer.WriteEndObject();
        }
        return json.ToArray();
    }

    private static void WriteTensor(Utf8JsonWriter writer, TensorEntry tensor)
    {
        writer.WriteStartObject(tensor.Name);
        writer.WriteString("dtype", tensor.Type);
        writer.WriteStartArray("shape");
        foreach (var size in tensor.Shape) writer.WriteNumberValue(size);
        writer.WriteEndArray();
        writer.WriteStartArray("data_offsets");
        writer.WriteNumberValue(tensor.Begin);
        writer.WriteNumberValue(tensor.End);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
