using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace RnnLm.Tests.PyTorch;

/// <summary>Makes archives like those of torch.save by hand: a pickle put together of instructions, and entries of bytes.</summary>
internal sealed class TorchArchive
{
    private readonly List<byte> pickle = [0x80, 2];
    private readonly List<(string Name, byte[] Content)> entries = [];

    public CompressionLevel Compression { get; set; } = CompressionLevel.NoCompression;

    /// <summary>The pickle in an archive.</summary>
    public static byte[] PickleIn(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        using var stream = zip.Entries.Single(entry => entry.Name == "data.pkl").Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Instructions: each character is a byte.</summary>
    public TorchArchive Do(string instructions)
    {
        pickle.AddRange(Encoding.Latin1.GetBytes(instructions));
        return this;
    }

    public TorchArchive Text(string text)
    {
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        pickle.AddRange([(byte)'X', .. length]);
        return Do(text);
    }

    public TorchArchive Number(long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        pickle.AddRange([0x8a, sizeof(long), .. bytes]);
        return this;
    }

    /// <summary>A tensor of single precision.</summary>
    public TorchArchive Tensor(string storage, long count, long offset, long[] sizes, long[] strides)
    {
        Do("ctorch._utils\n_rebuild_tensor_v2\n((").Text("storage").Do("ctorch\nFloatStorage\n").Text(storage).Text("cpu").Number(count).Do("tQ").Number(offset);
        foreach (var tuple in (long[][])[sizes, strides])
        {
            Do("(");
            foreach (var number in tuple) Number(number);
            Do("t");
        }
        return Do("\x89}tR");
    }

    public TorchArchive Entry(string name, byte[] content)
    {
        entries.Add((name, content));
        return this;
    }

    public void Save(string path)
    {
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach (var (name, content) in entries.Prepend(("archive/data.pkl", [.. pickle])))
        {
            using var stream = zip.CreateEntry(name, Compression).Open();
            stream.Write(content);
        }
    }
}
