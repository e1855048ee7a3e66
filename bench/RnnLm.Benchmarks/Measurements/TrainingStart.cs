using System.Diagnostics;

namespace RnnLm.Benchmarks.Measurements;

/// <summary>How fast a training is when its process has just started, all that the runtime compiles included, and how fast it is later.</summary>
static class TrainingStart
{
    /// <summary>The words of a training that is over before, or soon after, its first second is.</summary>
    public const int ShortText = 4_000;

    /// <summary>The words of a long one.</summary>
    public const int LongText = 60_000;

    private const double FirstSecond = 1;
    private const int WordsInLine = 19;

    public static NetworkSetting Network { get; } = new(CellKind.Lstm, 200);

    /// <summary>
    /// Trains one epoch on some words. Of the short text it gives the speed of the first second, or of the whole where that is shorter, from before training is asked for;
    /// of the long one, that of all after the first second.
    /// </summary>
    public static double WordsPerSecond(int words)
    {
        var vocabulary = RandomModel.VocabularyOf(Network);
        var lines = RandomText.Lines(vocabulary, words / (WordsInLine + 1), WordsInLine);
        var corpus = TokenStream.Encode(Tokenizer.Whitespace, vocabulary, lines);
        var options = Network.Options(Environment.ProcessorCount);
        var progress = new Progress(corpus.Count);
        (options.Epochs, options.Progress, options.ProgressInterval) = (1, progress, TimeSpan.Zero);
        new LanguageModelTrainer(options).Train(Tokenizer.Whitespace, vocabulary, corpus);
        var first = progress.Reached.TakeWhile(point => point.Seconds <= FirstSecond).DefaultIfEmpty(progress.Reached[0]).Last();
        var last = progress.Reached[^1];
        return words == ShortText ? first.Words / first.Seconds : (last.Words - first.Words) / (last.Seconds - first.Seconds);
    }

    private sealed class Progress(int words) : IProgress<TrainingEvent>
    {
        private readonly long start = Stopwatch.GetTimestamp();

        public List<(double Seconds, double Words)> Reached { get; } = [];

        public void Report(TrainingEvent happened)
        {
            if (happened is TrainingProgressed progressed) Reached.Add((Stopwatch.GetElapsedTime(start).TotalSeconds, progressed.EpochShare * words));
        }
    }
}
