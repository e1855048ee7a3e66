using System.Globalization;
using RnnLm.Persistence;
using RnnLm.Safetensors;

namespace RnnLm.Training;

/// <summary>
/// The file of a checkpoint, a safetensors file. In its metadata are the <see cref="CheckpointRecord"/>, the numbers of the state under <c>number.*</c>, and
/// the checksum as a model file has it; its tensors are the arrays of the state. Writes here, and begins to read.
/// </summary>
internal static class CheckpointFile
{
    public const string NumberPrefix = "number.";

    /// <summary>Writes a checkpoint: its path then holds all of it, or what was there before.</summary>
    /// <param name="path">The file.</param>
    /// <param name="record">What the checkpoint tells of its run.</param>
    /// <param name="state">The state of the run.</param>
    /// <param name="files">The file system; null stands for the real one.</param>
    /// <returns>The length of the file.</returns>
    /// <exception cref="NotFiniteNumberException">An array has a number that is not finite.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written to.</exception>
    public static long Write(string path, CheckpointRecord record, CopiedValues state, FileSystem? files = null)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Checkpoints are written on little-endian processors only.");
        if (state.NotFinite is { } name) throw new NotFiniteNumberException($"\"{name}\" is not all finite numbers, so that nothing can be learned from there.");
        var header = Header(record, state);
        long length = header.Length;
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            state.ForEachPiece(piece =>
            {
                stream.Write(piece);
                length += piece.Length;
            });
        }, files: files);
        return length;
    }

    /// <summary>What a checkpoint tells of its run. It is read to its end, so that it is known to be whole.</summary>
    /// <exception cref="ModelFormatException">It is damaged, or no checkpoint.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static CheckpointRecord Check(string path, FileSystem? files = null)
    {
        using var reader = new CheckpointReader(path, files);
        return reader.Record;
    }

    private static byte[] Header(CheckpointRecord record, CopiedValues state)
    {
        IEnumerable<KeyValuePair<string, string>> metadata =
        [
            .. record.Metadata,
            new(FileChecksum.Key, FileChecksum.Unknown),
            .. state.Numbers.Select(number => KeyValuePair.Create(NumberPrefix + number.Key, number.Value.ToString("R", CultureInfo.InvariantCulture))),
        ];
        var header = SafetensorsHeaderWriter.Write(metadata, state.Tensors);
        FileChecksum.Write(header, state.ForEachPiece);
        return header;
    }
}
