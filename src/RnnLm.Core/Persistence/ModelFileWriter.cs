using System.Runtime.InteropServices;
using System.Text;
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
        var header = Header();
        stream.Write(header);
        ForEachPiece(piece => stream.Write(piece));
        stream.Flush();
    }

    /// <summary>The checksum of the whole file: eight hexadecimal digits.</summary>
    public string Checksum() => ChecksumOf(HeaderWithoutChecksum());

    private byte[] HeaderWithoutChecksum() => SafetensorsHeaderWriter.Write(ModelMetadata.Of(model), Tensors());

    private string ChecksumOf(byte[] header)
    {
        var checksum = Crc32C.Start();
        checksum.Append(header);
        ForEachPiece(piece => checksum.Append(piece));
        return checksum.ToString();
    }

    /// <summary>The header, with the checksum of the whole file in it.</summary>
    private byte[] Header()
    {
        var header = HeaderWithoutChecksum();
        var checksum = ChecksumOf(header);
        var place = ModelFile.ChecksumPlace(SafetensorsHeader.Parse(header.AsSpan(sizeof(ulong))));
        Encoding.ASCII.GetBytes(checksum, header.AsSpan(place));
        return header;
    }

    /// <summary>The tensors, the widest type first, so that every one is aligned.</summary>
    private IEnumerable<(string Name, string Type, long[] Shape)> Tensors()
    {
        foreach (var tensor in weights.Where(IsAligned)) yield return (tensor.Name, tensor.Type, tensor.Shape);
        yield return (VocabularyTensors.Offsets, TensorEntry.Int32, [offsets.Length]);
        foreach (var tensor in weights.Where(tensor => !IsAligned(tensor))) yield return (tensor.Name, tensor.Type, tensor.Shape);
        yield return (VocabularyTensors.Words, TensorEntry.UInt8, [words.Length]);
    }

    private void ForEachPiece(WeightTensor.PieceHandler handle)
    {
        foreach (var tensor in weights.Where(IsAligned)) tensor.Write(handle);
        handle(MemoryMarshal.AsBytes(offsets.AsSpan()));
        foreach (var tensor in weights.Where(tensor => !IsAligned(tensor))) tensor.Write(handle);
        handle(words);
    }

    /// <summary>Whether a tensor's values have more than a byte, so that they must lie at a multiple of their size.</summary>
    private static bool IsAligned(WeightTensor tensor) => TensorEntry.BytesOf(tensor.Type) > 1;
}
