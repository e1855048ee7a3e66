namespace RnnLm.Benchmarks.Measurements;

/// <summary>Words drawn at random, each as likely as any other, as the peers draw theirs.</summary>
static class RandomText
{
    private const int WindowCount = 8;

    public static Window[] Windows(NetworkSetting network) => [.. Enumerable.Range(0, WindowCount).Select(seed => Window(network, seed))];

    public static int[] Words(int vocabulary, int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(vocabulary))];
    }

    /// <summary>Lines of as many words each.</summary>
    public static IEnumerable<string> Lines(Vocabulary vocabulary, int count, int wordsInLine)
        => Words(vocabulary.Count, count * wordsInLine).Chunk(wordsInLine).Select(line => string.Join(' ', line.Select(id => vocabulary[id])));

    private static Window Window(NetworkSetting network, int seed)
    {
        var random = new Random(seed);
        var window = new Window(network.Batch, network.Window) { Length = network.Window, TargetCount = network.WordsInWindow };
        foreach (ref var id in window.Inputs) id = random.Next(network.Vocabulary);
        foreach (ref var id in window.Targets) id = random.Next(network.Vocabulary);
        return window;
    }
}
