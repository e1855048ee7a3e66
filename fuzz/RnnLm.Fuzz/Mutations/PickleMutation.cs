using System.Buffers.Binary;
using System.Text;

namespace RnnLm.Fuzz.Mutations;

/// <summary>Changes a pickle by its instructions: some left out, doubled, moved or put in, numbers changed.</summary>
internal sealed class PickleMutation : IMutation
{
    public static readonly PickleMutation Instance = new();

    private static readonly string[] Instructions =
    [
        ".", "\x80\x02", "(", "ccollections\nOrderedDict\n", "ctorch._utils\n_rebuild_tensor_v2\n", "ctorch._utils\n_rebuild_parameter\n", "ctorch\nFloatStorage\n",
        "ctorch\nHalfStorage\n", "cos\nsystem\n", "R", "b", "Q", "N", "\x88", "\x89", "K\x02", "M\x10\x00", "J\xff\xff\xff\xff", "\x8a\x00", "\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f",
        "G\x7f\xf0\x00\x00\x00\x00\x00\x00", "X\x07\x00\x00\x00storage", "\x8c\x01" + "a", "X\xff\xff\xff\xff", "}", "]", ")", "t", "\x85", "\x86", "\x87", "a", "e", "s", "u", "q\x01", "r\x01\x00\x00\x00",
        "\x94", "h\x01", "j\x01\x00\x00\x00", "\x95\x00\x00\x00\x00\x00\x00\x00\x00", "\x93", "0", "2", "I1\n", "F1\n", "\x8d\xff\xff\xff\xff\xff\xff\xff\x7f",
    ];

    private PickleMutation()
    {
    }

    public byte[] Apply(byte[] input, Dice dice)
    {
        var instructions = Split(input);
        for (var changes = dice.ShortLength(4); changes > 0; changes--)
        {
            var (place, other) = (dice.Below(instructions.Count), dice.Below(instructions.Count));
            switch (dice.Below(6))
            {
                case 0 when instructions.Count > 0:
                    instructions.RemoveAt(place);
                    break;
                case 1 when instructions.Count > 0:
                    instructions.Insert(place, instructions[other]);
                    break;
                case 2 when instructions.Count > 0:
                    (instructions[place], instructions[other]) = (instructions[other], instructions[place]);
                    break;
                case 3 when instructions.Count > 0:
                    instructions[place] = Changed(instructions[place], dice);
                    break;
                case 4 when instructions.Count > 0:
                    for (var times = dice.ShortLength(200); times > 0; times--) instructions.Insert(place, instructions[place]);
                    break;
                default:
                    instructions.Insert(place, Encoding.Latin1.GetBytes(dice.Pick(Instructions)));
                    break;
            }
        }
        return [.. instructions.SelectMany(instruction => instruction)];
    }

    private static byte[] Changed(byte[] instruction, Dice dice)
    {
        if (instruction.Length == 1) return Encoding.Latin1.GetBytes(dice.Pick(Instructions));
        if ((char)instruction[0] is not ('K' or 'M' or 'J' or '\x8a')) return [instruction[0], .. ByteMutation.Instance.Apply(instruction[1..], dice)];
        var number = new byte[10];
        number[0] = 0x8a;
        number[1] = sizeof(long);
        BinaryPrimitives.WriteInt64LittleEndian(number.AsSpan(2), dice.Number());
        return number;
    }

    private static List<byte[]> Split(byte[] pickle)
    {
        var instructions = new List<byte[]>();
        for (var place = 0; place < pickle.Length;)
        {
            var length = Math.Min(LengthOf(pickle.AsSpan(place)), pickle.Length - place);
            instructions.Add(pickle[place..(place + length)]);
            place += length;
        }
        return instructions;
    }

    private static int LengthOf(ReadOnlySpan<byte> rest) => (char)rest[0] switch
    {
        '\x80' or 'K' or 'q' or 'h' => 2,
        'M' => 3,
        'J' or 'r' or 'j' => 5,
        'G' or '\x95' => 9,
        '\x8a' or '\x8c' when rest.Length > 1 => 2 + rest[1],
        'X' when rest.Length > 4 && BinaryPrimitives.ReadInt32LittleEndian(rest[1..]) is >= 0 and < 1 << 20 and var text => 5 + text,
        'c' => LengthOfLines(rest, 2),
        'I' or 'F' => LengthOfLines(rest, 1),
        _ => 1,
    };

    private static int LengthOfLines(ReadOnlySpan<byte> rest, int lines)
    {
        var length = 0;
        for (; lines > 0; lines--)
        {
            var line = rest[length..].IndexOf((byte)'\n');
            if (line < 0) return 1;
            length += line + 1;
        }
        return length;
    }
}
