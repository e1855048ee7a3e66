namespace RnnLm.Training.Tests;

/// <summary>
/// Lines such as <c>cat sees red cat</c>: one of four animals, <c>sees</c>, one of two colours, and the first animal again. Eight lines,
/// equally likely, of five words with the line's end: the best possible cross-entropy is <c>ln 8 / 5</c> a word, and it takes a memory
/// of three words to reach it.
/// </summary>
internal static class EchoGrammar
{
    private static readonly string[] Animals = ["cat", "dog", "owl", "fox"];
    private static readonly string[] Colours = ["red", "blue"];

    public static double Perplexity { get; } = Math.Exp(Math.Log(8) / 5);

    /// <summary>The same number of each of the eight lines, in random order.</summary>
    public static string[] Lines(int copies, int seed)
    {
        var lines = (
            from copy in Enumerable.Range(0, copies)
            from animal in Animals
            from colour in Colours
            select $"{animal} sees {colour} {animal}").ToArray();
        new Random(seed).Shuffle(lines);
        return lines;
    }
}
