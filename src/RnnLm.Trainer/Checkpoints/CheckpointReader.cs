using System.Globalization;
using System.Runtime.InteropServices;
using RnnLm.Faults;
using RnnLm.Persistence;
using RnnLm.Safetensors;

namespace RnnLm.Training;

/// <summary>
/// Reads a checkpoint that may be cut short, altered or made to do harm. It is read to its end first, a piece at a time, so that it is known to be whole;
/// its arrays are read when they are asked for, into memory that whoever asks has already.
/// </summary>
internal sealed class CheckpointReader : StateValues, IDisposable
{
    private const int PieceLength = 1 << 20;

    private readonly FileStream stream;
    private readonly long dataStart;

    /// <param name="path">The file.</param>
    /// <param name="files">The file system; null stands for the real one.</param>
    /// <exception cref="ModelFormatException">It is damaged, or no checkpoint.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public CheckpointReader(string path, FileSystem? files = null)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Checkpoints are read on little-endian processors only.");
        files ??= FileSystem.Real;
        // What has no length may be a pipe, which is not opened: it would wait for its writer.
        if (files.Look(FileIdentity.OpenedPathOf(path, files)) is { Exists: true, Length: 0 } nothing) throw new ModelFormatException(WhatIs(nothing, files));
        stream = files.Open(path, new FileStreamOptions { Share = FileShare.Read | FileShare.Delete, BufferSize = 0 });
        try
        {
            var file = new SafetensorsReader(stream, new CheckpointFileFaults());
            Header = file.Header;
            dataStart = stream.Position;
            Record = CheckpointRecord.Read(Header);
            CheckTensors();
            CheckContent(file);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The file's header.</summary>
    public SafetensorsHeader Header { get; }

    /// <summary>What the checkpoint tells of its run.</summary>
    public CheckpointRecord Record { get; }

    public override bool HasNumber(string name) => Header.Metadata.ContainsKey(CheckpointFile.NumberPrefix + name);

    public override double Number(string name)
    {
        var text = Header.Metadata[CheckpointFile.NumberPrefix + name];
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InvalidDataException($"\"{name}\" is {Quotation.Of(text)}; it must be a number.");
    }

    public override int? LengthOf(string name) => Header.Tensors.TryGetValue(name, out var tensor) ? (int)tensor.Count : null;

    public override void CopyTo(string name, Span<float> destination)
    {
        Find(name, TensorEntry.Float32);
        const int most = PieceLength / sizeof(float); // the bytes of a large array are more than a span holds
        for (; !destination.IsEmpty; destination = destination[Math.Min(most, destination.Length)..])
            stream.ReadExactly(MemoryMarshal.AsBytes(destination[..Math.Min(most, destination.Length)]));
    }

    public override void CopyTo(string name, Span<byte> destination)
    {
        Find(name, TensorEntry.UInt8);
        stream.ReadExactly(destination);
    }

    public override void Set(string name, double number) => throw OnlyRead();

    public override void Set(string name, ReadOnlySpan<float> array) => throw OnlyRead();

    public override void Set(string name, ReadOnlySpan<byte> array) => throw OnlyRead();

    public void Dispose() => stream.Dispose();

    private static string WhatIs(FileInfo nothing, FileSystem files)
    {
        if (FileIdentity.IsDevice(nothing.FullName)) return "It is a device.";
        try
        {
            // Opened for writing too, a pipe does not wait for somebody at its other end.
            var options = new FileStreamOptions { Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
            using var opened = files.Open(nothing.FullName, options);
            return opened.CanSeek ? "It is empty." : "It is a pipe.";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "It is empty.";
        }
    }

    private void Find(string name, string type)
    {
        var tensor = Header.Tensors[name];
        if (tensor.Type != type) throw OfAnotherType(name);
        stream.Position = dataStart + tensor.Begin;
    }

    private void CheckTensors()
    {
        foreach (var tensor in Header.TensorsInFile)
        {
            if (tensor.Type is not (TensorEntry.Float32 or TensorEntry.UInt8))
                throw Wrong(tensor, $"is of the type {tensor.Type}; it must be {TensorEntry.Float32} or {TensorEntry.UInt8}.");
            if (tensor.Shape.Length != 1 || tensor.Count > Array.MaxLength)
                throw Wrong(tensor, $"has the shape {tensor.ShapeText}; it must be one size, and at most {Array.MaxLength}.");
        }
    }

    private void CheckContent(SafetensorsReader file)
    {
        var expected = Header.Metadata.GetValueOrDefault(FileChecksum.Key);
        if (expected?.Length != FileChecksum.Unknown.Length) throw new ModelFormatException($"The metadata lack \"{FileChecksum.Key}\", eight digits.");
        var checksum = FileChecksum.Begin(file.HeaderBytes, Header);
        string? notFinite = null;
        var piece = new byte[(int)Math.Min(PieceLength, Header.DataLength)];
        foreach (var tensor in Header.TensorsInFile)
        {
            for (long place = 0; place < tensor.Length; place += piece.Length)
            {
                var bytes = piece.AsSpan(0, (int)Math.Min(piece.Length, tensor.Length - place));
                file.ReadExactly(bytes);
                checksum.Append(bytes);
                if (tensor.Type == TensorEntry.Float32 && !NetworkParameter.AreFinite(MemoryMarshal.Cast<byte, float>(bytes))) notFinite ??= tensor.Name;
            }
        }
        if (checksum.ToString() != expected)
            throw new ModelFormatException($"It has been altered or damaged: its checksum is {checksum}, and {Quotation.Of(expected)} when it was written.");
        if (notFinite is not null) throw new ModelFormatException($"The tensor {Quotation.Of(notFinite)} is not all finite numbers.");
    }

    private static ModelFormatException Wrong(TensorEntry tensor, string what) => new($"The tensor {Quotation.Of(tensor.Name)} {what}");

    private static InvalidOperationException OnlyRead() => new("A checkpoint is only read here.");
}
