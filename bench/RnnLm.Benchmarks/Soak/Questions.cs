namespace RnnLm.Benchmarks.Soak;

/// <summary>The texts that a model is asked about: words of its vocabulary drawn at random, and now and then one that it does not know.</summary>
sealed class Questions
{
    private const int LinesOfAText = 24;

    private readonly string[][] lines;

    /// <param name="vocabulary">The vocabulary.</param>
    public Questions(Vocabulary vocabulary)
    {
        var random = new Random(1);
        lines = [.. Enumerable.Range(0, Activity.Questions * LinesOfAText).Select(_ => Words(vocabulary, random))];
    }

    /// <summary>The words of a line; of the first question there are none.</summary>
    public IReadOnlyList<string> Words(int question) => question == 0 ? [] : lines[question];

    /// <summary>A line; that of the first question is empty.</summary>
    public string Line(int question) => string.Join(' ', Words(question));

    /// <summary>Many lines, some of which begin alike.</summary>
    public IReadOnlyList<string> Lines(int question)
        => [.. Enumerable.Range(0, LinesOfAText).Select(line =>
        {
            var words = lines[(question * LinesOfAText) + line];
            return string.Join(' ', line % 3 == 0 ? [.. Words(question).Take(line % 5), .. words] : words);
        })];

    private static string[] Words(Vocabulary vocabulary, Random random)
        => [.. Enumerable.Range(0, random.Next(2, 13)).Select(_ => random.Next(20) == 0 ? "zzz-unheard-of" : vocabulary[random.Next(2, vocabulary.Count)])];
}
