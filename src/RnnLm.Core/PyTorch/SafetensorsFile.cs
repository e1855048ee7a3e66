using RnnLm.Persistence;
using RnnLm.Safetensors;

namespace RnnLm.PyTorch;

/// <summary>A safetensors file.</summary>
internal sealed class SafetensorsFile : WeightsFile
{
    private readonly Stream stream;
    private readonly SafetensorsHeader header;
    private readonly long dataStart;

    public SafetensorsFile(Stream stream)
    {
        this.stream = stream;
        header = new SafetensorsReader(stream, new WeightsFileFaults()).Header;
        if (ModelMetadata.IsOfModelFile(header)) throw new ModelFormatException(WeightsFileFaults.ModelFile) { IsUnsuited = true };
        dataStart = stream.Position;
    }

    public override IReadOnlyDictionary<string, TensorEntry> Tensors => header.Tensors;

    public override void Read(TensorEntry tensor, Span<float> destination)
    {
        stream.Position = dataStart + tensor.Begin;
        var size = TensorEntry.BytesOf(tensor.Type)!.Value;
        var buffer = new byte[Math.Min(BytesInPiece, tensor.Length)];
        while (destination.Length > 0)
        {
            var piece = destination[..Math.Min(destination.Length, buffer.Length / size)];
            var bytes = buffer.AsSpan(0, piece.Length * size);
            stream.ReadExactly(bytes);
            TensorValues.Convert(tensor.Type, bytes, piece);
            destination = destination[piece.Length..];
        }
    }

    public override void Dispose() => stream.Dispose();
}
