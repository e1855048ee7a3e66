namespace RnnLm.Training.Tests;

/// <summary>
/// Lines such as <c>cat red cat</c>: one of four animals, one of two colours, and the same animal again. Eight lines, equally likely,
/// of four words with the line's end: the best possible cross-entropy is <c>ln 8 / 4</c> a word. Who does not remember the animal
/// reaches <c>ln 32 / 4</c>.
/// </summary>
internal static class EchoGrammar
{
    private static readonly string[] Animals = ["cat", "dog", "owl", "fox"];
    private static readonly string[] Colours = ["red", "blue"];

    public const int WordsInLine = 4;

    public static double Perplexity { get; } = Math.Exp(Math.Log(8) / WordsInLine);

    public static double PerplexityWithoutMemory { get; } = Math.Exp(Math.Log(32) / WordsInLine);

    /// <summary>The same number of each of the eight lines, in random order.</summary>
    public static string[] Lines(int copies, int seed)
    {
        var lines = (
            from copy in Enumerable.Range(0, copies)
            from animal in Animals
            from colour in Colours
            select $"{animal} {colour} {animal}").ToArray();
        new Random(seed).Shuffle(lines);
        return lines;
    }
}
