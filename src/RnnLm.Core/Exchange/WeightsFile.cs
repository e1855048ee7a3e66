using System.Buffers.Binary;
using System.Runtime.InteropServices;
using RnnLm.Persistence;

namespace RnnLm.Exchange;

/// <summary>A safetensors file that another program wrote. Its header is read and checked when it is opened, its tensors when asked for.</summary>
internal sealed class WeightsFile : IDisposable
{
    public const string Types = "F32, F64, F16, BF16";

    private const int BytesInPiece = 1 << 20;
    private const string Advice = "Save the state_dict in the safetensors format, with save_model of safetensors.torch.";

    private readonly FileStream stream;
    private readonly long dataStart;

    private WeightsFile(FileStream stream)
    {
        this.stream = stream;
        Header = ReadHeader();
        dataStart = stream.Position;
        var remaining = stream.Length - dataStart;
        if (Header.DataLength > remaining)
            throw new ModelFormatException($"The file is cut short: its tensors are {Header.DataLength} bytes long, and {remaining} bytes are left.");
        if (Header.DataLength < remaining)
            throw new ModelFormatException($"The file goes on for {remaining - Header.DataLength} bytes after its last tensor; it has been altered.");
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

    private SafetensorsHeader ReadHeader()
    {
        Span<byte> lengthBytes = stackalloc byte[sizeof(ulong)];
        var read = stream.ReadAtLeast(lengthBytes, lengthBytes.Length, throwOnEndOfStream: false);
        if (read < lengthBytes.Length)
            throw new ModelFormatException($"The file is cut short, or no safetensors file: it has {read} bytes.");
        if (lengthBytes.StartsWith("PK"u8))
            throw new ModelFormatException($"This is a zip archive, as torch.save writes it, and no safetensors file. {Advice}");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length > SafetensorsHeader.MaximumLength)
            throw new ModelFormatException($"This is no safetensors file: its header would be {length} bytes long; {SafetensorsHeader.MaximumLength} is the most. {Advice}");
        var remaining = stream.Length - stream.Position;
        if ((long)length > remaining)
            throw new ModelFormatException($"The file is cut short, or no safetensors file: its header is to be {length} bytes long, and {remaining} bytes follow.");
        var json = new byte[length];
        stream.ReadExactly(json);
        return SafetensorsHeader.Parse(json);
    }
}
