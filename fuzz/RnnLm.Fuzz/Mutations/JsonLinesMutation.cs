namespace RnnLm.Fuzz.Mutations;

/// <summary>Changes lines of JSON: what is in one, or which there are and in what order, or where the last one ends.</summary>
internal sealed class JsonLinesMutation : IMutation
{
    public static readonly JsonLinesMutation Instance = new();

    private JsonLinesMutation()
    {
    }

    public byte[] Apply(byte[] input, Dice dice)
    {
        var lines = LinesOf(input);
        var line = dice.Pick(lines);
        return dice.Below(8) switch
        {
            0 => JsonMutation.With(input, line, []),
            1 => JsonMutation.With(input, line, input.AsSpan(dice.Pick(lines))),
            2 => [.. input, .. input.AsSpan(line)],
            3 => input[..dice.Below(input.Length + 1)],
            _ => JsonMutation.With(input, line, JsonMutation.Instance.Apply(input[line], dice)),
        };
    }

    /// <summary>The lines with their ends; at least one, which may be empty.</summary>
    private static List<Range> LinesOf(byte[] input)
    {
        var lines = new List<Range>();
        for (var begin = 0; begin < input.Length || lines.Count == 0;)
        {
            var end = Array.IndexOf(input, (byte)'\n', begin) is >= 0 and var found ? found + 1 : input.Length;
            lines.Add(begin..end);
            begin = Math.Max(end, begin + 1);
        }
        return lines;
    }
}
