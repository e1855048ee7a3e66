using System.Buffers.Binary;

namespace RnnLm.Safetensors;

/// <summary>
/// Reads a safetensors file, from a stream's present position to its end, that may be cut short, altered or made to do harm. Nothing is
/// allocated before what is left of the file has been found to warrant it.
/// </summary>
internal sealed class SafetensorsReader
{
    private readonly Stream source;
    private readonly SafetensorsFaults faults;
    private readonly long dataStart;
    private Stream stream;

    /// <summary>Reads and checks the header.</summary>
    /// <param name="source">The stream. Of one that cannot seek, as much is read into memory as is wanted next.</param>
    /// <param name="faults">What is told of a file that is not what it should be.</param>
    /// <exception cref="ModelFormatException">The file is cut short, altered, or no safetensors file.</exception>
    public SafetensorsReader(Stream source, SafetensorsFaults faults)
    {
        this.source = stream = source;
        this.faults = faults;
        HeaderBytes = ReadHeader();
        var json = HeaderBytes.AsSpan(sizeof(ulong));
        if (!json.StartsWith("{"u8) && faults.NoHeader is { } noHeader) throw new ModelFormatException(noHeader);
        Header = SafetensorsHeader.Parse(json);

        var remaining = Available(Header.DataLength);
        if (Header.DataLength > remaining)
            throw new ModelFormatException($"The file is cut short: its tensors are {Header.DataLength} bytes long, and {remaining} bytes are left.");
        if (Header.DataLength < remaining) throw new ModelFormatException(faults.GoesOn(remaining - Header.DataLength));
        dataStart = stream.Position;
    }

    /// <summary>The header as it lies in the file: its length, then its JSON.</summary>
    public byte[] HeaderBytes { get; }

    /// <summary>What the header says.</summary>
    public SafetensorsHeader Header { get; }

    /// <summary>Reads the bytes that come next.</summary>
    /// <exception cref="ModelFormatException">There are not so many.</exception>
    public void ReadExactly(Span<byte> destination)
    {
        if (stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) < destination.Length)
            throw CutShort();
    }

    /// <summary>Reads bytes of a tensor before any tensor has been read; what comes next stays what it was.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="offset">Where in it they begin.</param>
    /// <param name="destination">Receives them.</param>
    /// <exception cref="ModelFormatException">There are not so many.</exception>
    public void ReadAhead(TensorEntry tensor, long offset, Span<byte> destination)
    {
        var place = dataStart + tensor.Begin + offset;
        if (stream is not ChunkedStream chunks)
        {
            stream.Position = place;
            ReadExactly(destination);
            stream.Position = dataStart;
            return;
        }
        for (int read; destination.Length > 0; destination = destination[read..], place += read)
            if ((read = chunks.ReadAt(place, destination)) == 0) throw CutShort();
    }

    /// <summary>Throws where there is more after the last tensor, which a stream that cannot seek shows only when all has been read.</summary>
    /// <exception cref="ModelFormatException">There is more.</exception>
    public void CheckEnd()
    {
        if (!source.CanSeek && source.ReadByte() >= 0) throw new ModelFormatException(faults.GoesOn(1));
    }

    /// <summary>
    /// How many bytes are there to be read. A stream that does not say how long it is shows it: so many bytes of it as are wanted are
    /// read into memory.
    /// </summary>
    private long Available(long wanted)
    {
        if (source.CanSeek) return source.Length - source.Position;
        stream = new ChunkedStream(source, wanted);
        return stream.Length;
    }

    private static ModelFormatException CutShort() => new("The file is cut short: it ended while it was being read.");

    private byte[] ReadHeader()
    {
        Span<byte> lengthBytes = stackalloc byte[sizeof(ulong)];
        var remaining = Available(lengthBytes.Length);
        if (remaining < lengthBytes.Length) throw new ModelFormatException(faults.TooShort(remaining));
        ReadExactly(lengthBytes);
        if (lengthBytes.StartsWith("PK"u8)) throw new ModelFormatException(faults.ZipArchive);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length > SafetensorsHeader.MaximumLength) throw new ModelFormatException(faults.HeaderTooLong(length));
        remaining = Available((long)length);
        if ((long)length > remaining) throw new ModelFormatException(faults.HeaderCutShort(length, remaining));

        var header = new byte[sizeof(ulong) + length];
        lengthBytes.CopyTo(header);
        ReadExactly(header.AsSpan(sizeof(ulong)));
        return header;
    }
}
