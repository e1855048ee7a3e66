using System.Buffers.Binary;
using System.Runtime.InteropServices;
using RnnLm.Pipelines;

namespace RnnLm.Fuzz.Mutations;

/// <summary>
/// Changes the payload in the entry of a step <c>Expression</c>, and makes the entry's head and table of strings right again, which the literal's
/// length moves: <see cref="LiteralStep"/> has their places, and behind the strings ML.NET has more whose places stand in the head too.
/// </summary>
internal sealed class LiteralMutation : IMutation
{
    public static readonly LiteralMutation Instance = new();

    private const int TablePlace = 32;
    private const int TableLengthPlace = 40;
    private const int CharactersPlace = 48;
    private const int CharactersLengthPlace = 56;

    // Where in the head it stands where things lie: the model, the table of strings, the strings, the tail, the end, the assembly's name.
    private static readonly int[] Places = [16, TablePlace, CharactersPlace, 168, 176, 184];

    private LiteralMutation()
    {
    }

    /// <summary>Whether an entry is of such a step.</summary>
    public static bool Changes(byte[] entry) => entry.AsSpan().IndexOf(MemoryMarshal.AsBytes(LiteralStep.Before.AsSpan())) >= 0;

    public byte[] Apply(byte[] input, Dice dice)
    {
        if (dice.Chance(10)) return ByteMutation.Instance.Apply(input, dice);
        var characters = MemoryMarshal.Cast<byte, char>(input.AsSpan(LongAt(input, CharactersPlace), LongAt(input, CharactersLengthPlace)));
        var begin = characters.IndexOf(LiteralStep.Before);
        if (begin < 0) return ByteMutation.Instance.Apply(input, dice);
        begin += LiteralStep.Before.Length;
        var length = characters[begin..].IndexOf(LiteralStep.After);
        if (length < 0) return ByteMutation.Instance.Apply(input, dice);
        var literal = string.Concat(PayloadMutation.Changed([characters.Slice(begin, length).ToArray()], dice));
        return With(input, LongAt(input, CharactersPlace) + (begin * sizeof(char)), length * sizeof(char), literal);
    }

    /// <summary>Replaces a literal and moves what lies behind it.</summary>
    private static byte[] With(byte[] entry, int begin, int length, string literal)
    {
        byte[] changed = [.. entry.AsSpan(0, begin), .. MemoryMarshal.AsBytes(literal.AsSpan()), .. entry.AsSpan(begin + length)];
        var moved = changed.Length - entry.Length;
        foreach (var place in Places)
            if (LongAt(entry, place) > begin) Add(changed, place, moved);
        Add(changed, CharactersLengthPlace, moved);
        var from = begin - LongAt(entry, CharactersPlace);
        var table = LongAt(changed, TablePlace);
        for (var i = 0; i < LongAt(changed, TableLengthPlace); i += sizeof(long))
            if (LongAt(changed, table + i) > from) Add(changed, table + i, moved);
        return changed;
    }

    private static int LongAt(byte[] bytes, int place) => checked((int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(place)));

    private static void Add(byte[] bytes, int place, int number) => BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(place), LongAt(bytes, place) + number);
}
