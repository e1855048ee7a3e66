using System.Runtime.InteropServices;
using RnnLm.Safetensors;

namespace RnnLm.PyTorch;

/// <summary>A safetensors file that another program wrote. Its header is read and checked when it is opened, its tensors when asked for.</summary>
internal sealed class WeightsFile : IDisposable
{
    public const string Types = "F32, F64, F16, BF16";

    private const int BytesInPiece = 1 << 20;

    private readonly FileStream stream;
    private readonly long dataStart;

    private WeightsFile(FileStream stream)
    {
        this.stream = stream;
        Header = new SafetensorsReader(stream, new WeightsFileFaults()).Header;
        dataStart = stream.Position;
    }

    public SafetensorsHeader Header { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="ModelFormatException">The file is cut short, altered, or no safetensors file.</exception>
    public static WeightsFile Open(string path)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Weights are read on little-endian processors only.");
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        try
        {
            return new WeightsFile(stream);
        }
        catch (Exception exception)
        {
            stream.Dispose();
            if (exception is ModelFormatException) throw new ModelFormatException($"\"{path}\" cannot be imported. {exception.Message}", exception);
            throw;
        }
    }

    /// <summary>Whether values of a type can be read.</summary>
    public static bool CanRead(string type) => Types.Split(", ").Contains(type);

    /// <summary>Reads a tensor.</summary>
    /// <param name="tensor">One of the header's tensors, of a type that can be read.</param>
    /// <param name="destination">Receives its values, as many as it has.</param>
    public void Read(TensorEntry tensor, Span<float> destination)
    {
        stream.Position = dataStart + tensor.Begin;
        var size = TensorEntry.BytesOf(tensor.Type)!.Value;
        var buffer = new byte[Math.Min(BytesInPiece, tensor.Length)];
        while (destination.Length > 0)
        {
            var piece = destination[..Math.Min(destination.Length, buffer.Length / size)];
            var bytes = buffer.AsSpan(0, piece.Length * size);
            stream.ReadExactly(bytes);
            Convert(tensor.Type, bytes, piece);
            destination = destination[piece.Length..];
        }
    }

    public void Dispose() => stream.Dispose();

    private static void Convert(string type, ReadOnlySpan<byte> bytes, Span<float> destination)
    {
        switch (type)
        {
            case "F32":
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(destination);
                break;
            case "F64":
                var doubles = MemoryMarshal.Cast<byte, double>(bytes);
                for (var i = 0; i < destination.Length; i++) destination[i] = (float)doubles[i];
                break;
            case "F16":
                var halves = MemoryMarshal.Cast<byte, Half>(bytes);
                for (var i = 0; i < destination.Length; i++) destination[i] = (float)halves[i];
                break;
            case "BF16":
                // The upper half of a 32-bit number.
                var upper = MemoryMarshal.Cast<byte, ushort>(bytes);
                for (var i = 0; i < destination.Length; i++) destination[i] = BitConverter.UInt32BitsToSingle((uint)upper[i] << 16);
                break;
            default:
                throw new ArgumentException($"The type {type} cannot be read; {Types} can.", nameof(type));
        }
    }
}
