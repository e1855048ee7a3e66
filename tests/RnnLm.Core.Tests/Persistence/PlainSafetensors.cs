using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace RnnLm.Tests.Persistence;

/// <summary>
/// A reader and writer of safetensors written from the format's description alone, without the library's own: eight bytes of length,
/// little-endian; JSON of that length; tensors.
/// </summary>
internal sealed class PlainSafetensors
{
    public PlainSafetensors(byte[] file)
    {
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        Header = JsonNode.Parse(file.AsSpan(8, length))!.AsObject();
        Data = file[(8 + length)..];
        HeaderLength = length;
    }

    public JsonObject Header { get; }

    public int HeaderLength { get; }

    public byte[] Data { get; set; }

    public JsonObject Metadata => Header["__metadata__"]!.AsObject();

    public IEnumerable<string> Names => Header.Select(pair => pair.Key).Where(name => name != "__metadata__");

    public string Type(string name) => (string)Header[name]!["dtype"]!;

    public long[] Shape(string name) => [.. Header[name]!["shape"]!.AsArray().Select(size => (long)size!)];

    public (int Begin, int End) Offsets(string name)
    {
        var offsets = Header[name]!["data_offsets"]!.AsArray();
        return ((int)offsets[0]!, (int)offsets[1]!);
    }

    public Span<byte> Bytes(string name) => Data.AsSpan(Offsets(name).Begin..Offsets(name).End);

    public float[] Floats(string name)
    {
        var bytes = Bytes(name).ToArray();
        return [.. Enumerable.Range(0, bytes.Length / 4).Select(i => BitConverter.ToSingle(bytes, 4 * i))];
    }

    public string[] Words()
    {
        var offsets = Bytes("vocabulary.offsets").ToArray();
        var text = Bytes("vocabulary.words").ToArray();
        int Offset(int id) => BitConverter.ToInt32(offsets, 4 * id);
        return [.. Enumerable.Range(0, (offsets.Length / 4) - 1).Select(id => Encoding.UTF8.GetString(text[Offset(id)..Offset(id + 1)]))];
    }

    public void SetOffsets(string name, long begin, long end) => Header[name]!["data_offsets"] = new JsonArray(begin, end);

    public void Rename(string name, string newName)
    {
        var tensor = Header[name];
        Header.Remove(name);
        Header[newName] = tensor;
    }

    /// <summary>Lets the last tensor's bytes come first and the first one's last.</summary>
    public void ReverseData() => Order([.. Names.Reverse()]);

    /// <summary>Lets the tensors' bytes lie in an order.</summary>
    public void Order(params string[] names)
    {
        var data = new MemoryStream();
        foreach (var name in names)
        {
            var bytes = Bytes(name).ToArray();
            SetOffsets(name, data.Length, data.Length + bytes.Length);
            data.Write(bytes);
        }
        Data = data.ToArray();
    }

    public byte[] ToFile() => FileOf(Header.ToJsonString(), Data);

    public static byte[] FileOf(string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        return [.. length, .. json, .. data];
    }
}
