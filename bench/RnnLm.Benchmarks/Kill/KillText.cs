namespace RnnLm.Benchmarks.Kill;

/// <summary>The text that is learned, and the one that epochs are compared by: some thousand words each.</summary>
static class KillText
{
    private const int TrainingWords = 8_000;
    private const int ValidationWords = 5_000;
    private const int Vocabulary = 500;

    /// <summary>Writes both.</summary>
    /// <param name="source">The text whose beginning they are; null where it is made up.</param>
    /// <param name="training">The file of the text to learn.</param>
    /// <param name="validation">The file of the other.</param>
    public static void Write(string? source, string training, string validation)
    {
        using var lines = (source is null ? MadeUp() : File.ReadLines(source).Where(line => !string.IsNullOrWhiteSpace(line))).GetEnumerator();
        File.WriteAllLines(training, Take(lines, TrainingWords));
        File.WriteAllLines(validation, Take(lines, ValidationWords));
    }

    private static IEnumerable<string> Take(IEnumerator<string> lines, int words)
    {
        while (words > 0 && lines.MoveNext())
        {
            yield return lines.Current;
            words -= lines.Current.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        }
    }

    /// <summary>Lines in which a word depends on the one before, so that there is something to learn; frequencies fall as in a language.</summary>
    private static IEnumerable<string> MadeUp()
    {
        var random = new Random(1);
        while (true)
        {
            var words = new int[random.Next(3, 14)];
            for (var i = 0; i < words.Length; i++)
            {
                var drawn = (int)Math.Pow(Vocabulary, random.NextDouble());
                words[i] = i > 0 && random.Next(2) == 0 ? ((words[i - 1] * 17) + (drawn % 3)) % Vocabulary : drawn;
            }
            yield return string.Join(' ', words.Select(word => $"w{word}"));
        }
    }
}
