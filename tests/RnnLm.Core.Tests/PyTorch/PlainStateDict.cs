using System.Runtime.InteropServices;
using System.Text.Json;
using RnnLm.Tests.Persistence;

namespace RnnLm.Tests.PyTorch;

/// <summary>The tensors of a safetensors file, to be changed and written in the order of their names.</summary>
internal sealed class PlainStateDict
{
    private readonly SortedDictionary<string, (string Type, long[] Shape, byte[] Bytes)> tensors = new(StringComparer.Ordinal);

    public PlainStateDict(PlainSafetensors file)
    {
        foreach (var name in file.Names) tensors[name] = (file.Type(name), file.Shape(name), file.Bytes(name).ToArray());
    }

    public float[] this[string name]
    {
        get => MemoryMarshal.Cast<byte, float>(tensors[name].Bytes).ToArray();
        set => tensors[name] = tensors[name] with { Bytes = MemoryMarshal.AsBytes<float>(value).ToArray() };
    }

    public long[] Shape(string name) => tensors[name].Shape;

    public string[] Names => [.. tensors.Keys];

    public void Remove(string name) => Assert.True(tensors.Remove(name));

    public void Rename(Func<string, string> rename)
    {
        var renamed = tensors.ToDictionary(pair => rename(pair.Key), pair => pair.Value);
        tensors.Clear();
        foreach (var (name, tensor) in renamed) tensors.Add(name, tensor);
    }

    public void Add(string name, params long[] shape)
        => tensors[name] = ("F32", shape, new byte[sizeof(float) * shape.Aggregate(1L, (product, size) => product * size)]);

    public void SetType(string name, string type, Func<float, byte[]> convert)
        => tensors[name] = tensors[name] with { Type = type, Bytes = [.. this[name].SelectMany(convert)] };

    public byte[] ToFile()
    {
        var header = new Dictionary<string, object>();
        var begin = 0;
        foreach (var (name, (type, shape, bytes)) in tensors)
        {
            header[name] = new { dtype = type, shape, data_offsets = new[] { begin, begin + bytes.Length } };
            begin += bytes.Length;
        }
        return PlainSafetensors.FileOf(JsonSerializer.Serialize(header), [.. tensors.Values.SelectMany(tensor => tensor.Bytes)]);
    }
}
