using System.Runtime.InteropServices;
using RnnLm.Safetensors;

namespace RnnLm.Persistence;

/// <summary>Writes a model as a safetensors file.</summary>
internal sealed class ModelFileWriter
{
    private readonly ModelParts model;
    private readonly IReadOnlyList<(string Name, WeightTensor Values)> tensors;
    private readonly int[] offsets;
    private readonly byte[] words;

    public ModelFileWriter(ModelParts model)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Model files are written on little-endian processors only.");
        this.model = model;
        tensors = [.. TensorsOf(model, "")];
        (offsets, words) = VocabularyTensors.Encode(model.Vocabulary);
    }

    public void Write(Stream stream)
    {
        var header = HeaderWithoutChecksum();
        FileChecksum.Write(header, ForEachPiece);
        stream.Write(header);
        ForEachPiece(stream.Write);
        stream.Flush();
    }

    /// <summary>The checksum of the whole file: eight hexadecimal digits.</summary>
    public string Checksum() => FileChecksum.Of(HeaderWithoutChecksum(), ForEachPiece);

    private byte[] HeaderWithoutChecksum() => SafetensorsHeaderWriter.Write(ModelMetadata.Of(model), Tensors());

    /// <summary>The tensors, the widest type first, so that every one is aligned.</summary>
    private IEnumerable<(string Name, string Type, long[] Shape)> Tensors()
    {
        foreach (var (name, values) in tensors.Where(IsAligned)) yield return (name, values.Type, values.Shape);
        yield return (VocabularyTensors.Offsets, TensorEntry.Int32, [offsets.Length]);
        foreach (var (name, values) in tensors.Where(tensor => !IsAligned(tensor))) yield return (name, values.Type, values.Shape);
        yield return (VocabularyTensors.Words, TensorEntry.UInt8, [words.Length]);
    }

    private void ForEachPiece(PieceWriter write)
    {
        foreach (var (_, values) in tensors.Where(IsAligned)) values.Write(piece => write(piece));
        write(MemoryMarshal.AsBytes(offsets.AsSpan()));
        foreach (var (_, values) in tensors.Where(tensor => !IsAligned(tensor))) values.Write(piece => write(piece));
        write(words);
    }

    /// <summary>Whether a tensor's values have more than a byte, so that they must lie at a multiple of their size.</summary>
    private static bool IsAligned((string Name, WeightTensor Values) tensor) => TensorEntry.BytesOf(tensor.Values.Type) > 1;

    /// <summary>The tensors of a model, or of a member of an ensemble, by their names in the file.</summary>
    private static IEnumerable<(string Name, WeightTensor Values)> TensorsOf(ModelParts model, string prefix)
    {
        if (model.Members.Count == 0)
        {
            foreach (var tensor in WeightTensor.Of(model.Network)) yield return (prefix + tensor.Name, tensor);
        }
        for (var index = 0; index < model.Members.Count; index++)
        {
            foreach (var tensor in TensorsOf(model.Members[index].Model, ModelMetadata.PrefixOfMember(index))) yield return tensor;
        }
        if (model.DynamicEvaluation?.Scales is { } scales)
        {
            var tensor = ScalesSection.Of(scales);
            yield return (tensor.Name, tensor);
        }
        if (model.NGram is not { } nGram) yield break;
        foreach (var tensor in NGramSection.Of(nGram.Model, model.Vocabulary, prefix)) yield return (tensor.Name, tensor);
    }
}
