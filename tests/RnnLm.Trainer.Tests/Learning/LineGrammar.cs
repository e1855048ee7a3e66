namespace RnnLm.Training.Tests;

/// <summary>
/// Lines that begin with one of five words, some more often than others, and go on with seven of forty other words, or with the rarest of
/// the five: how words are distributed at the beginning of a line is not how they are within it.
/// </summary>
internal static class LineGrammar
{
    private static readonly (string Word, double Probability)[] Beginnings = [("the", 0.4), ("it", 0.25), ("we", 0.2), ("so", 0.1), ("on", 0.05)];

    public static string MostProbableBeginning => Beginnings[0].Word;

    public static string[] Lines(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => string.Join(' ', Enumerable.Range(0, 7).Select(_ => Within(random)).Prepend(Beginning(random))))];
    }

    public static string FirstWordOf(string line) => line[..line.IndexOf(' ')];

    /// <summary>The probability of a word at the beginning of a line.</summary>
    public static double ProbabilityOf(string beginning) => Beginnings.Single(word => word.Word == beginning).Probability;

    private static string Beginning(Random random)
    {
        var rest = random.NextDouble();
        foreach (var (word, probability) in Beginnings)
        {
            if ((rest -= probability) < 0) return word;
        }
        return Beginnings[^1].Word;
    }

    // By Zipf's law.
    private static string Within(Random random)
    {
        var rank = (int)Math.Exp(random.NextDouble() * Math.Log(42)) - 1;
        return rank == 0 ? Beginnings[^1].Word : $"word{rank}";
    }
}
