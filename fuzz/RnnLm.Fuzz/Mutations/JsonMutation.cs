using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RnnLm.Fuzz.Mutations;

/// <summary>Changes JSON: values for others, or for those of another kind; members that are missing, come twice or are new; numbers and nesting beyond all measure.</summary>
internal sealed class JsonMutation : IMutation
{
    public static readonly JsonMutation Instance = new();

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1", "2", "1.5", "1e400", "-0", "2147483648", "9223372036854775807", "99999999999999999999", "\"\"", "\"a\"", "\"\\ud800\"",
        "\"\\u0000\"", "\"<unk>\"", "\"1\"", "\"true\"", "[]", "{}", "[null]", "[1]", "[\"a\"]", "[[]]", "{\"a\":null}", "{\"a\":1}", "{\"name\":\"text\"}", "",
        new string('[', 100) + new string(']', 100), $"\"{new string('x', 300)}\"",
    ];

    private JsonMutation()
    {
    }

    public byte[] Apply(byte[] input, Dice dice)
    {
        var parts = PartsOf(input);
        if (parts.Count == 0) return ByteMutation.Instance.Apply(input, dice);
        var part = dice.Pick(parts);
        var text = input.AsSpan(part.Value);
        return dice.Below(8) switch
        {
            0 or 1 => With(input, part.Value, Encoding.UTF8.GetBytes(dice.Pick(Values))),
            2 or 3 => With(input, part.Value, Neighbour(text, dice)),
            4 => With(input, part.Value, input.AsSpan(dice.Pick(parts).Value)),
            5 => With(input, Removed(input, part), []),
            6 => With(input, part.Whole.End..part.Whole.End, [(byte)',', .. input.AsSpan(dice.Chance(50) ? part.Whole : dice.Pick(parts).Whole)]),
            _ => part.Name is { } name ? With(input, name, ByteMutation.Instance.Apply(input[name], dice)) : With(input, part.Value, ByteMutation.Instance.Apply(text.ToArray(), dice)),
        };
    }

    /// <summary>Replaces a part.</summary>
    public static byte[] With(byte[] input, Range range, ReadOnlySpan<byte> part) => [.. input.AsSpan(..range.Start), .. part, .. input.AsSpan(range.End..)];

    /// <summary>A value like another: a number near it, or a text that differs a little.</summary>
    private static byte[] Neighbour(ReadOnlySpan<byte> value, Dice dice)
    {
        var text = Encoding.UTF8.GetString(value);
        if (long.TryParse(text, CultureInfo.InvariantCulture, out var number)) return Encoding.UTF8.GetBytes(dice.Number(number).ToString(CultureInfo.InvariantCulture));
        if (long.TryParse(text.Trim('"'), CultureInfo.InvariantCulture, out number)) return Encoding.UTF8.GetBytes($"\"{dice.Number(number).ToString(CultureInfo.InvariantCulture)}\"");
        return ByteMutation.Instance.Apply(value.ToArray(), dice);
    }

    /// <summary>A part with the comma beside it.</summary>
    private static Range Removed(byte[] input, Part part)
    {
        var (begin, end) = (part.Whole.Start.Value, part.Whole.End.Value);
        if (end < input.Length && input[end] == ',') return begin..(end + 1);
        return begin > 0 && input[begin - 1] == ',' ? (begin - 1)..end : part.Whole;
    }

    private static List<Part> PartsOf(byte[] input)
    {
        var parts = new List<Part>();
        var open = new Stack<(int Begin, Range? Name)>();
        var reader = new Utf8JsonReader(input);
        Range? name = null;
        try
        {
            while (reader.Read())
            {
                var (begin, end) = ((int)reader.TokenStartIndex, (int)reader.BytesConsumed);
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        name = (begin + 1)..(begin + 1 + reader.ValueSpan.Length);
                        break;
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        open.Push((begin, name));
                        name = null;
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        var (from, of) = open.Pop();
                        parts.Add(new Part(of, from..end));
                        break;
                    default:
                        parts.Add(new Part(name, begin..end));
                        name = null;
                        break;
                }
            }
        }
        catch (JsonException)
        {
            // What was read before has its parts.
        }
        return parts;
    }

    /// <summary>A value, with the name of the member that it is.</summary>
    private readonly record struct Part(Range? Name, Range Value)
    {
        public Range Whole => Name is { } name ? (name.Start.Value - 1)..Value.End : Value;
    }
}
