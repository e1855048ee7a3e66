using RnnLm.Persistence;
using RnnLm.Pipelines;
using RnnLm.Safetensors;

namespace RnnLm.PyTorch;

/// <summary>A file of weights that another program wrote. What tensors it has is read and checked when it is opened, their values when asked for.</summary>
internal abstract class WeightsFile : IDisposable
{
    /// <summary>The greatest number of bytes read at a time.</summary>
    protected const int BytesInPiece = 1 << 20;

    /// <summary>What the file says of its tensors, by their names.</summary>
    public abstract IReadOnlyDictionary<string, TensorEntry> Tensors { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="allowPickle">Whether it may be one that <c>torch.save</c> wrote.</param>
    /// <param name="cancellation">Ends reading early.</param>
    /// <param name="files">The file system; null stands for the real one.</param>
    /// <exception cref="ModelFormatException">The file is cut short, altered, or of no kind that is read.</exception>
    /// <exception cref="IOException">The file cannot be read, or is a pipe.</exception>
    public static WeightsFile Open(string path, bool allowPickle, CancellationToken cancellation, FileSystem? files = null)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Weights are read on little-endian processors only.");
        var stream = CancellableStream.Of((files ?? FileSystem.Real).OpenToRead(path), cancellation);
        try
        {
            if (!stream.CanSeek)
                throw new IOException($"\"{path}\" cannot be imported: it is a pipe, and tensors are read in another order than they lie in. Write it to a file first.");
            return Open(stream, allowPickle);
        }
        catch (Exception exception)
        {
            stream.Dispose();
            if (exception is ModelFormatException reason) throw CannotBeImported(path, reason);
            throw;
        }
    }

    private static WeightsFile Open(Stream stream, bool allowPickle)
    {
        Span<byte> beginning = stackalloc byte[32];
        beginning = beginning[..stream.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (beginning.StartsWith("PK\x03\x04"u8))
        {
            if (PipelineFile.IsOne(stream)) throw new ModelFormatException(WeightsFileFaults.Pipeline) { IsUnsuited = true };
            stream.Position = 0;
            return allowPickle ? new TorchSaveFile(stream) : throw new ModelFormatException(new WeightsFileFaults().ZipArchive) { IsUnsuited = true };
        }
        if (IsPickle(beginning)) throw new ModelFormatException(WeightsFileFaults.Pickle);
        return new SafetensorsFile(stream);
    }

    /// <summary>
    /// Whether a file is a pickle without an archive around it. From its second version on a pickle names its version after a mark, with which the length
    /// that a safetensors file begins with may begin too; those before are text, of a dictionary or of the number that torch.save put first.
    /// </summary>
    private static bool IsPickle(ReadOnlySpan<byte> beginning)
    {
        const int Length = sizeof(ulong);
        if (beginning is [0x80, >= 2 and <= 5, ..]) return !(beginning.Length > Length && beginning[Length] == '{' && beginning[4..Length].IndexOfAnyExcept((byte)0) < 0);
        return beginning.StartsWith("(dp"u8) || beginning.StartsWith("(d."u8) || beginning.StartsWith("ccollections\n"u8) || beginning.StartsWith("L119547037146038801333356L"u8);
    }

    /// <summary>Reads a tensor.</summary>
    /// <param name="tensor">One of the file's tensors, of a type that can be read.</param>
    /// <param name="destination">Receives its values, as many as it has.</param>
    /// <exception cref="ModelFormatException">The values are cut short or altered.</exception>
    public abstract void Read(TensorEntry tensor, Span<float> destination);

    public abstract void Dispose();

    public static ModelFormatException CannotBeImported(string path, ModelFormatException reason)
        => new($"\"{path}\" cannot be imported. {reason.Message}", reason) { IsUnsuited = reason.IsUnsuited };
}
