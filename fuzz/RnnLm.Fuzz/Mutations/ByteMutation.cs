using System.Buffers.Binary;

namespace RnnLm.Fuzz.Mutations;

/// <summary>Changes bytes without knowing what they mean.</summary>
internal sealed class ByteMutation : IMutation
{
    public static readonly ByteMutation Instance = new();

    private ByteMutation()
    {
    }

    public byte[] Apply(byte[] input, Dice dice)
    {
        var bytes = input.ToList();
        for (var changes = dice.ShortLength(6); changes > 0; changes--) Change(bytes, dice);
        return [.. bytes];
    }

    private static void Change(List<byte> bytes, Dice dice)
    {
        var place = dice.Below(bytes.Count);
        var length = Math.Min(dice.ShortLength(64), bytes.Count - place);
        switch (dice.Below(9))
        {
            case 0 when bytes.Count > 0:
                bytes[place] ^= (byte)(1 << dice.Below(8));
                break;
            case 1 when bytes.Count > 0:
                bytes[place] = (byte)dice.Number(bytes[place]);
                break;
            case 2:
                bytes.RemoveRange(place, length);
                break;
            case 3:
                bytes.InsertRange(place, dice.Bytes(length));
                break;
            case 4:
                bytes.InsertRange(dice.Below(bytes.Count), bytes.GetRange(place, length));
                break;
            case 5:
                bytes.RemoveRange(place, bytes.Count - place);
                break;
            case 6:
                Overwrite(bytes, place, dice);
                break;
            case 7 when dice.Donor.Length > 0:
                var from = dice.Below(dice.Donor.Length);
                bytes.InsertRange(place, dice.Donor.AsSpan(from, Math.Min(dice.ShortLength(256), dice.Donor.Length - from)).ToArray());
                break;
            default:
                for (var i = place; i < place + length; i++) bytes[i] = bytes[place];
                break;
        }
    }

    /// <summary>Writes a number of 2, 4 or 8 bytes over what is there.</summary>
    private static void Overwrite(List<byte> bytes, int place, Dice dice)
    {
        var number = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, dice.Number());
        var size = Math.Min(2 << dice.Below(3), bytes.Count - place);
        for (var i = 0; i < size; i++) bytes[place + i] = number[i];
    }
}
