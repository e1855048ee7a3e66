using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.Checkpoints;

/// <summary>How much slower training is that writes checkpoints: one training without them and one with them, in turn.</summary>
sealed class CheckpointCost
{
    private const int CorpusWords = 2_000_000;

    private readonly NetworkSetting network = new(CellKind.Lstm, 650);
    private readonly CheckpointCostOptions options;
    private readonly Vocabulary vocabulary;
    private readonly TokenStream corpus;

    private CheckpointCost(CheckpointCostOptions options)
    {
        this.options = options;
        vocabulary = new Vocabulary(["<unk>", "<eos>", .. Enumerable.Range(2, network.Vocabulary - 2).Select(RandomModel.Word)]);
        corpus = new TokenStream(RandomText.Words(network.Vocabulary, CorpusWords), lineCount: 1, unknownCount: 0, skippedLines: 0);
    }

    /// <summary>Measures, and says what came of it.</summary>
    public static int Run(CheckpointCostOptions options)
    {
        new CheckpointCost(options).Run();
        return 0;
    }

    private void Run()
    {
        Console.WriteLine(
            $"{network.DescribeWithBatches()}, Adam, {Environment.ProcessorCount} threads; "
            + $"a checkpoint every {options.Interval.TotalSeconds} s, {options.Duration.TotalSeconds} s each");
        Console.WriteLine("| pair | without | with | unit | ratio | checkpoints | paused for one | bytes of one |");
        Console.WriteLine("|---:|---:|---:|---|---:|---:|---:|---:|");
        var pairs = new List<(double Ratio, TrainingSpeed With)>();
        for (var pair = 1; pair <= options.Pairs; pair++)
        {
            // Which comes first changes from pair to pair, as what else the machine does might.
            var first = Measure(withCheckpoints: pair % 2 == 0);
            var second = Measure(withCheckpoints: pair % 2 != 0);
            var (without, with) = pair % 2 == 0 ? (second, first) : (first, second);
            var ratio = with.WordsPerSecond / without.WordsPerSecond;
            pairs.Add((ratio, with));
            Console.WriteLine(
                $"| {pair} | {without.WordsPerSecond:N0} | {with.WordsPerSecond:N0} | words/s | {ratio:F3} "
                + $"| {with.Checkpoints} | {with.MillisecondsPaused:N1} ms | {with.Bytes:N0} |");
        }
        var cost = 1 - Median(pairs.Select(pair => pair.Ratio));
        var paused = Median(pairs.Select(pair => pair.With.MillisecondsPaused)) / options.Interval.TotalMilliseconds;
        var usual = new CheckpointOptions().Interval;
        var share = options.Interval / usual;
        Console.WriteLine($"Every {options.Interval.TotalSeconds} s: {cost:P2} fewer words, of which {paused:P2} for standing still (medians).");
        Console.WriteLine($"Every {usual.TotalMinutes} min, as where nothing else is said, that is {cost * share:P3} and {paused * share:P3}.");
    }

    private TrainingSpeed Measure(bool withCheckpoints)
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, $"rnnlm-checkpoint-cost-{Guid.NewGuid():N}"));
        try
        {
            using var cancellation = new CancellationTokenSource();
            var listener = new SpeedListener(options.Duration, network.WordsInWindow, cancellation);
            var training = network.Options(Environment.ProcessorCount);
            training.Optimizer = new Adam();
            training.Epochs = 1000;
            training.Progress = listener;
            training.ProgressInterval = TimeSpan.Zero;
            training.CancellationToken = cancellation.Token;
            if (withCheckpoints) training.Checkpoint = new CheckpointOptions { Folder = folder.FullName, Interval = options.Interval };
            try
            {
                new LanguageModelTrainer(training).Train(Tokenizer.Whitespace, vocabulary, corpus);
            }
            catch (OperationCanceledException)
            {
                // Words drawn at random cannot be learned, and so nothing was.
            }
            return listener.Speed;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }
}
