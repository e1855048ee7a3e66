using System.Runtime.InteropServices;
using RnnLm.Safetensors;

namespace RnnLm.Persistence;

/// <summary>Writes a model as a safetensors file.</summary>
internal sealed class ModelFileWriter
{
    private readonly ModelParts model;
    private readonly IReadOnlyList<WeightTensor> weights;
    private readonly int[] offsets;
    private readonly byte[] words;

    public ModelFileWriter(ModelParts model)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Model files are written on little-endian processors only.");
        this.model = model;
        weights = [.. WeightTensor.Of(model.Network)];
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
        foreach (var tensor in weights.Where(IsAligned)) yield return (tensor.Name, tensor.Type, tensor.Shape);
        yield return (VocabularyTensors.Offsets, TensorEntry.Int32, [offsets.Length]);
        foreach (var tensor in weights.Where(tensor => !IsAligned(tensor))) yield return (tensor.Name, tensor.Type, tensor.Shape);
        yield return (VocabularyTensors.Words, TensorEntry.UInt8, [words.Length]);
    }

    private void ForEachPiece(PieceWriter write)
    {
        foreach (var tensor in weights.Where(IsAligned)) tensor.Write(piece => write(piece));
        write(MemoryMarshal.AsBytes(offsets.AsSpan()));
        foreach (var tensor in weights.Where(tensor => !IsAligned(tensor))) tensor.Write(piece => write(piece));
        write(words);
    }

    /// <summary>Whether a tensor's values have more than a byte, so that they must lie at a multiple of their size.</summary>
    private static bool IsAligned(WeightTensor tensor) => TensorEntry.BytesOf(tensor.Type) > 1;
}
