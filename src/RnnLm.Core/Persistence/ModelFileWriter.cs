using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace RnnLm.Persistence;

/// <summary>Writes a model as a safetensors file.</summary>
internal sealed class ModelFileWriter
{
    private readonly LanguageModel model;
    private readonly IReadOnlyList<WeightTensor> weights;
    private readonly int[] offsets;
    private readonly byte[] words;

    public ModelFileWriter(LanguageModel model)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Model files are written on little-endian processors only.");
        this.model = model;
        weights = [.. WeightTensor.Of(model.Network)];
        (offsets, words) = EncodeWords(model.Vocabulary);
    }

    public void Write(Stream stream)
    {
        var header = Header();
        stream.Write(header);
        ForEachPiece(piece => stream.Write(piece));
        stream.Flush();
    }

    /// <summary>The header, with the checksum of the whole file in it.</summary>
    private byte[] Header()
    {
        var header = SafetensorsHeaderWriter.Write(Metadata(), Tensors());
        var checksum = Crc32C.Start();
        checksum.Append(header);
        ForEachPiece(piece => checksum.Append(piece));
        var place = sizeof(ulong) + SafetensorsHeader.Parse(header.AsSpan(sizeof(ulong)), ModelFile.ChecksumKey).ChecksumStart;
        Encoding.ASCII.GetBytes(ModelFile.ChecksumText(checksum), header.AsSpan(place));
        return header;
    }

    /// <summary>The tensors, the widest type first, so that every one is aligned.</summary>
    private IEnumerable<(string Name, string Type, long[] Shape)> Tensors()
    {
        foreach (var tensor in weights.Where(IsAligned)) yield return (tensor.Name, tensor.Type, [.. tensor.Shape]);
        yield return (ModelFile.OffsetsTensor, TensorEntry.Int32, [offsets.Length]);
        foreach (var tensor in weights.Where(tensor => !IsAligned(tensor))) yield return (tensor.Name, tensor.Type, [.. tensor.Shape]);
        yield return (ModelFile.WordsTensor, TensorEntry.UInt8, [words.Length]);
    }

    private IEnumerable<KeyValuePair<string, string>> Metadata()
    {
        yield return new(ModelFile.FormatKey, ModelFile.Format);
        yield return new(ModelFile.VersionKey, TextOf(ModelFile.VersionFor(model)));
        yield return new(ModelFile.ChecksumKey, ModelFile.NoChecksum);
        if (model.IsQuantized) yield return new(ModelFile.PrecisionKey, ModelFile.QuantizedPrecision);
        var shape = model.Shape;
        yield return new(ModelFile.CellKey, shape.CellDescription.Name);
        yield return new(ModelFile.VocabularySizeKey, TextOf(shape.VocabularySize));
        yield return new(ModelFile.EmbeddingSizeKey, TextOf(shape.EmbeddingSize));
        yield return new(ModelFile.HiddenSizeKey, TextOf(shape.HiddenSize));
        yield return new(ModelFile.LayersKey, TextOf(shape.Layers));
        yield return new(ModelFile.TiedKey, shape.Tied ? "true" : "false");
        if (shape.AdaptiveSoftmax is { } adaptive)
        {
            yield return new(ModelFile.AdaptiveCutoffsKey, string.Join(",", adaptive.Cutoffs.Select(TextOf)));
            yield return new(ModelFile.AdaptiveDivisionFactorKey, adaptive.DivisionFactor.ToString("R", CultureInfo.InvariantCulture));
        }
        foreach (var (key, value) in model.Tokenizer.Settings) yield return new(ModelFile.TokenizerPrefix + key, value);
        foreach (var (key, value) in model.Training.Options) yield return new(ModelFile.TrainingPrefix + key, value);
        foreach (var (key, value) in model.Training.Figures) yield return new(ModelFile.FigurePrefix + key, value.ToString("R", CultureInfo.InvariantCulture));
    }

    private static string TextOf(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether a tensor's values have more than a byte, so that they must lie at a multiple of their size.</summary>
    private static bool IsAligned(WeightTensor tensor) => TensorEntry.BytesOf(tensor.Type) > 1;

    private void ForEachPiece(WeightTensor.PieceHandler handle)
    {
        foreach (var tensor in weights.Where(IsAligned)) tensor.Write(handle);
        handle(MemoryMarshal.AsBytes(offsets.AsSpan()));
        foreach (var tensor in weights.Where(tensor => !IsAligned(tensor))) tensor.Write(handle);
        handle(words);
    }

    private static (int[] Offsets, byte[] Words) EncodeWords(Vocabulary vocabulary)
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
