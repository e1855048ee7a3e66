using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using RnnLm.PyTorch;

namespace RnnLm.Fuzz.Samples;

/// <summary>A state_dict as torch.save writes one: a pickle of tensors, and an entry for the values of each.</summary>
internal sealed class TorchArchive
{
    private readonly List<byte> pickle = [];
    private readonly List<(string Name, byte[] Content)> storages = [];

    public TorchArchive() => Do("\x80\x02" + "ccollections\nOrderedDict\nq\0)Rq\x01(");

    /// <summary>The pickle alone.</summary>
    public byte[] Pickle => [.. pickle, (byte)'u', (byte)'.'];

    /// <summary>The state_dict of a network of single precision, with names that begin with something.</summary>
    public static TorchArchive Of(LanguageModel model, string prefix = "")
    {
        var archive = new TorchArchive();
        var stateDict = new StateDict(model.Network.CopyWeights());
        stateDict.FillSecondBiases();
        foreach (var tensor in stateDict.Tensors)
        {
            var strides = tensor.Shape.Length == 2 ? new[] { tensor.Shape[1], 1 } : [1];
            archive.Add(prefix + tensor.Name, tensor.Shape, MemoryMarshal.AsBytes(tensor.Values.AsSpan()).ToArray(), "FloatStorage", sizeof(float), strides);
        }
        return archive;
    }

    /// <summary>A tensor of another type, values of which are converted; matrices lie transposed in their storages.</summary>
    public static TorchArchive Of<T>(LanguageModel model, string storage, Func<float, T> convert) where T : unmanaged
    {
        var archive = new TorchArchive();
        var stateDict = new StateDict(model.Network.CopyWeights());
        stateDict.FillSecondBiases();
        foreach (var tensor in stateDict.Tensors)
        {
            var columns = (int)tensor.Shape[^1];
            var rows = tensor.Values.Length / columns;
            var values = Enumerable.Range(0, tensor.Values.Length).Select(i => convert(tensor.Values[(i % rows * columns) + (i / rows)])).ToArray();
            archive.Add(tensor.Name, tensor.Shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray(), storage, Unsafe.SizeOf<T>(), tensor.Shape.Length == 2 ? [1, rows] : [1]);
        }
        return archive;
    }

    /// <summary>Adds a tensor.</summary>
    public void Add(string name, long[] shape, byte[] values, string storage, int size, long[] strides)
    {
        var key = $"{storages.Count}";
        storages.Add((key, values));
        Text(name);
        Do("ctorch._utils\n_rebuild_tensor_v2\n((");
        Text("storage");
        Do($"ctorch\n{storage}\n");
        Text(key);
        Text("cpu");
        Number(values.Length / size);
        Do("tQK\0(");
        foreach (var extent in shape) Number(extent);
        Do("t(");
        foreach (var stride in strides) Number(stride);
        Do("t\x89" + "ccollections\nOrderedDict\n)RtR");
    }

    /// <summary>The archive.</summary>
    public byte[] ToArray()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            IEnumerable<(string Name, byte[] Content)> entries = [("data.pkl", Pickle), ("byteorder", "little"u8.ToArray()), .. storages.Select(storage => ($"data/{storage.Name}", storage.Content))];
            foreach (var (name, content) in entries)
            {
                using var stream = zip.CreateEntry($"archive/{name}", CompressionLevel.NoCompression).Open();
                stream.Write(content);
            }
        }
        return bytes.ToArray();
    }

    private void Do(string instructions) => pickle.AddRange(Encoding.Latin1.GetBytes(instructions));

    private void Text(string text)
    {
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        pickle.AddRange([(byte)'X', .. length]);
        Do(text);
    }

    private void Number(long number) => pickle.AddRange([(byte)'K', checked((byte)number)]);
}
