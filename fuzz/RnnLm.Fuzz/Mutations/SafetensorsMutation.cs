using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using RnnLm.Persistence;
using RnnLm.Safetensors;

namespace RnnLm.Fuzz.Mutations;

/// <summary>
/// Changes a safetensors file in its header or its values. Most often the header's length, the places of the tensors and the checksum are then
/// made right again, so that what lies behind their checks is reached.
/// </summary>
internal sealed class SafetensorsMutation : IMutation
{
    public static readonly SafetensorsMutation Instance = new();

    private static readonly float[] Values =
        [0, -0f, 1, -1, 20, 1e4f, float.MaxValue, float.MinValue, float.Epsilon, float.NaN, float.PositiveInfinity, float.NegativeInfinity];

    private SafetensorsMutation()
    {
    }

    public byte[] Apply(byte[] input, Dice dice)
    {
        var length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(input));
        if (length < 0 || length > input.Length - sizeof(ulong)) throw new InvalidDataException("It has no header.");
        var (json, data) = (input[sizeof(ulong)..(sizeof(ulong) + length)], input[(sizeof(ulong) + length)..]);
        if (dice.Chance(65)) json = JsonMutation.Instance.Apply(json, dice);
        else if (dice.Chance(60)) data = ByteMutation.Instance.Apply(data, dice);
        else ChangeValues(data, dice);

        if (dice.Chance(35)) (json, data) = Placed(json, data);
        byte[] file = [.. new byte[sizeof(ulong)], .. json, .. data];
        BinaryPrimitives.WriteUInt64LittleEndian(file, dice.Chance(97) ? (ulong)json.Length : (ulong)dice.Number(json.Length));
        if (dice.Chance(95)) CorrectChecksum(file);
        return file;
    }

    /// <summary>Makes the checksum of a model file right; one without is left as it is.</summary>
    public static void CorrectChecksum(byte[] file)
    {
        try
        {
            var header = HeaderOf(file);
            if (FileChecksum.DigitsIn(file, header) is { IsEmpty: false } digits) Encoding.ASCII.GetBytes(FileChecksum.Begin(file, header).ToString(), digits);
        }
        catch (Exception exception) when (exception is ModelFormatException or ArgumentException)
        {
            // There is no header to have one.
        }
    }

    private static SafetensorsHeader HeaderOf(byte[] file)
    {
        var length = BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (length > (ulong)(file.Length - sizeof(ulong))) throw new ModelFormatException("It has no header.");
        return SafetensorsHeader.Parse(file.AsSpan(sizeof(ulong), (int)length));
    }

    private static void ChangeValues(byte[] data, Dice dice)
    {
        var values = MemoryMarshal.Cast<byte, float>(data.AsSpan());
        if (values.IsEmpty) return;
        var value = dice.Pick(Values);
        for (var count = dice.ShortLength(values.Length); count > 0; count--) values[dice.Below(values.Length)] = value;
    }

    /// <summary>Gives each tensor the room that its type and shape ask for, one after the other in the order of the header, as far as that is little.</summary>
    private static (byte[] Json, byte[] Data) Placed(byte[] json, byte[] data)
    {
        const int Most = 1 << 16;
        var begin = 0L;
        var text = new StringBuilder();
        var from = 0;
        var header = Encoding.Latin1.GetString(json);
        while (header.IndexOf("\"dtype\":\"", from, StringComparison.Ordinal) is >= 0 and var at)
        {
            var type = header[(at + 9)..Math.Max(at + 9, header.IndexOf('"', at + 9))];
            var shapeAt = header.IndexOf("\"shape\":[", at, StringComparison.Ordinal);
            var offsetsAt = header.IndexOf("\"data_offsets\":[", at, StringComparison.Ordinal);
            if (shapeAt < 0 || offsetsAt < 0) break;
            var shape = header[(shapeAt + 9)..Math.Max(shapeAt + 9, header.IndexOf(']', shapeAt))];
            Int128 bytes = TensorEntry.BytesOf(type) ?? 1;
            foreach (var size in shape.Split(',', StringSplitOptions.RemoveEmptyEntries))
                bytes = long.TryParse(size, out var extent) && extent >= 0 ? Int128.Min((Int128)Most * Most, bytes * extent) : bytes;
            var closed = header.IndexOf(']', offsetsAt);
            if (closed < 0) break;
            text.Append(header, from, offsetsAt + 16 - from).Append(begin).Append(',').Append(begin += (long)bytes);
            from = closed;
        }
        text.Append(header, from, header.Length - from);
        if (begin <= Most) Array.Resize(ref data, (int)begin);
        return (Encoding.Latin1.GetBytes(text.ToString()), data);
    }
}
