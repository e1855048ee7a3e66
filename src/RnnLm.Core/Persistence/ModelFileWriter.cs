using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace RnnLm.Persistence;

/// <summary>Writes a model as a safetensors file.</summary>
internal sealed class ModelFileWriter
{
    private const int Alignment = 8;
    private const int ValuesInPiece = 1 << 18;

    private readonly LanguageModel model;
    private readonly int[] offsets;
    private readonly byte[] words;

    private delegate void PieceHandler(ReadOnlySpan<byte> piece);

    public ModelFileWriter(LanguageModel model)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Model files are written on little-endian processors only.");
        this.model = model;
        (offsets, words) = EncodeWords(model.Vocabulary);
    }

    public void Write(Stream stream)
    {
        var header = Header();
        stream.Write(header);
        ForEachPiece(stream.Write);
        stream.Flush();
    }

    /// <summary>The length, the JSON, and the spaces that bring the first tensor to an aligned place; with the checksum.</summary>
    private byte[] Header()
    {
        var json = Json();
        var length = (json.Length + Alignment - 1) / Alignment * Alignment;
        var header = new byte[sizeof(ulong) + length];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)length);
        json.CopyTo(header, sizeof(ulong));
        header.AsSpan(sizeof(ulong) + json.Length).Fill((byte)' ');

        var checksum = Crc32C.Start();
        checksum.Append(header);
        ForEachPiece(piece => checksum.Append(piece));
        var place = sizeof(ulong) + SafetensorsHeader.Parse(json, ModelFile.ChecksumKey).ChecksumStart;
        Encoding.ASCII.GetBytes(ModelFile.ChecksumText(checksum), header.AsSpan(place));
        return header;
    }

    private byte[] Json()
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteStartObject(SafetensorsHeader.MetadataName);
            foreach (var (key, value) in Metadata()) writer.WriteString(key, value);
            writer.WriteEndObject();

            var begin = 0L;
            // The widest type first, so that every tensor is aligned.
            foreach (var parameter in model.Network.Weights.Parameters)
                WriteTensor(writer, parameter.Name, TensorEntry.Float32, ModelFile.ShapeOf(parameter), parameter.Values.LongLength * sizeof(float), ref begin);
            WriteTensor(writer, ModelFile.OffsetsTensor, TensorEntry.Int32, [offsets.Length], offsets.LongLength * sizeof(int), ref begin);
            WriteTensor(writer, ModelFile.WordsTensor, TensorEntry.UInt8, [words.Length], words.Length, ref begin);
            writer.WriteEndObject();
        }
        return json.ToArray();
    }

    private static void WriteTensor(Utf8JsonWriter writer, string name, string type, long[] shape, long length, ref long begin)
    {
        writer.WriteStartObject(name);
        writer.WriteString("dtype", type);
        writer.WriteStartArray("shape");
        foreach (var size in shape) writer.WriteNumberValue(size);
        writer.WriteEndArray();
        writer.WriteStartArray("data_offsets");
        writer.WriteNumberValue(begin);
        writer.WriteNumberValue(begin + length);
        writer.WriteEndArray();
        writer.WriteEndObject();
        begin += length;
    }

    private IEnumerable<(string Key, string Value)> Metadata()
    {
        yield return (ModelFile.FormatKey, ModelFile.Format);
        yield return (ModelFile.VersionKey, TextOf(ModelFile.Version));
        yield return (ModelFile.ChecksumKey, ModelFile.NoChecksum);
        var shape = model.Shape;
        yield return (ModelFile.CellKey, ModelFile.CellName(shape.Cell));
        yield return (ModelFile.VocabularySizeKey, TextOf(shape.VocabularySize));
        yield return (ModelFile.EmbeddingSizeKey, TextOf(shape.EmbeddingSize));
        yield return (ModelFile.HiddenSizeKey, TextOf(shape.HiddenSize));
        yield return (ModelFile.LayersKey, TextOf(shape.Layers));
        yield return (ModelFile.TiedKey, shape.Tied ? "true" : "false");
        foreach (var (key, value) in model.Tokenizer.Settings) yield return (ModelFile.TokenizerPrefix + key, value);
        foreach (var (key, value) in model.Training.Options) yield return (ModelFile.TrainingPrefix + key, value);
        foreach (var (key, value) in model.Training.Figures) yield return (ModelFile.FigurePrefix + key, value.ToString("R", CultureInfo.InvariantCulture));
    }

    private static string TextOf(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void ForEachPiece(PieceHandler handle)
    {
        foreach (var parameter in model.Network.Weights.Parameters)
        {
            for (var start = 0; start < parameter.Values.Length; start += ValuesInPiece)
            {
                var values = parameter.Values.AsSpan(start, Math.Min(ValuesInPiece, parameter.Values.Length - start));
                handle(MemoryMarshal.AsBytes(values));
            }
        }
        handle(MemoryMarshal.AsBytes(offsets.AsSpan()));
        handle(words);
    }

    private static (int[] Offsets, byte[] Words) EncodeWords(Text.Vocabulary vocabulary)
    {
        var offsets = new int[vocabulary.Count + 1];
        for (var id = 0; id < vocabulary.Count; id++)
            offsets[id + 1] = checked(offsets[id] + ModelFile.StrictUtf8.GetByteCount(vocabulary[id]));
        var words = new byte[offsets[^1]];
        for (var id = 0; id < vocabulary.Count; id++)
            ModelFile.StrictUtf8.GetBytes(vocabulary[id], words.AsSpan(offsets[id]));
        return (offsets, words);
    }
}
