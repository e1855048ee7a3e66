using RnnLm.Inference;
using RnnLm.Numerics;
using RnnLm.Scoring;

namespace RnnLm.Mixtures;

/// <summary>
/// Gives every word of a stream its log-probability by a mixture, on several threads: as <see cref="StreamEvaluation"/> does, a thread for each network runs its
/// recurrence ahead by a stretch of words while the others score the stretch before in blocks. The figures are the same bit for bit whatever the number of
/// threads.
/// </summary>
internal sealed class MixtureEvaluation
{
    private const int BlockLength = WordScorer.StatesAtOnce;
    private const int StretchLength = 8 * BlockLength;

    private readonly ReadOnlyMemory<int> text; // an end-of-line word, then all words
    private readonly bool separatesLines;
    private readonly Workers workers;
    private readonly StreamStates[] recurrences;
    private readonly StateWindow[] windows;
    private readonly OutputLayer[] outputs;
    private readonly MixtureScorer[] scorers;
    private readonly double[] logProbabilities;
    private readonly int[] ranks;
    private readonly Action<int> work;
    private int start;
    private int count;
    private int nextCount;
    private int nextItem;

    private MixtureEvaluation(Mixture mixture, ReadOnlyMemory<int> ids, EvaluationContext context, int ranked, Workers workers)
    {
        this.workers = workers;
        separatesLines = context == EvaluationContext.LinesApart;
        var words = new int[ids.Length + 1];
        words[0] = Vocabulary.EndOfLineId;
        ids.CopyTo(words.AsMemory(1));
        text = words;
        recurrences = [.. mixture.Networks.Select(part => new StreamStates(part.Network, words.AsMemory(1), separatesLines))];
        windows = [.. mixture.Networks.Select(part => new StateWindow(part.StateSize, part.CacheSize, Math.Min(ids.Length, part.CacheSize + (2 * StretchLength))))];
        outputs = [.. mixture.Networks.Select(part => part.Network.Output)];
        scorers = [.. Enumerable.Range(0, workers.Count).Select(_ => new MixtureScorer(mixture, ranked, Math.Min(BlockLength, Math.Max(1, ids.Length))))];
        logProbabilities = new double[Math.Min(StretchLength, ids.Length)];
        ranks = new int[logProbabilities.Length];
        work = Work;
    }

    /// <summary>Takes the answers of some words that follow one another.</summary>
    /// <param name="position">The position of the first.</param>
    /// <param name="logProbabilities">Their log-probabilities.</param>
    /// <param name="ranks">Their ranks, where they are wanted.</param>
    private delegate void AnswerHandler(int position, ReadOnlySpan<double> logProbabilities, ReadOnlySpan<int> ranks);

    /// <summary>Measures a mixture on one stream of words, or on its lines, each read from a fresh state.</summary>
    /// <inheritdoc cref="StreamEvaluation.Measure(Network, ReadOnlyMemory{int}, EvaluationContext, EvaluationOptions)"/>
    public static LanguageModelMetrics Measure(Mixture mixture, ReadOnlyMemory<int> ids, EvaluationContext context, EvaluationOptions options)
        => StreamEvaluation.Measure(mixture.VocabularySize, ids, context, options, workers =>
        {
            var logProbability = 0.0;
            long best = 0, amongFive = 0;
            new MixtureEvaluation(mixture, ids, context, ranked: 5, workers).Run(
                (_, values, ranks) =>
                {
                    for (var i = 0; i < values.Length; i++)
                    {
                        logProbability += values[i];
                        if (ranks[i] < 1) best++;
                        if (ranks[i] < 5) amongFive++;
                    }
                },
                options.Progress, options.CancellationToken);
            return (logProbability, best, amongFive);
        });

    /// <summary>Gives the words of one text their log-probabilities, read from the beginning of a line.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="ids">The words' ids.</param>
    /// <param name="logProbabilities">Receives their natural logarithms, as many as there are words.</param>
    /// <param name="workers">The threads that share the work.</param>
    /// <param name="progress">Who is told which share of the words is done.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static void Score(
        Mixture mixture, ReadOnlyMemory<int> ids, double[] logProbabilities, Workers workers, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (ids.IsEmpty) return;
        new MixtureEvaluation(mixture, ids, EvaluationContext.OneStream, ranked: 0, workers).Run(
            (position, values, _) => values.CopyTo(logProbabilities.AsSpan(position)), progress, cancellationToken);
    }

    private int Blocks => (count + BlockLength - 1) / BlockLength;

    private void Run(AnswerHandler handle, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var length = text.Length - 1;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            nextCount = Math.Min(StretchLength, length - (start + count));
            nextItem = 0;
            workers.Run(workers.Count, work);
            // In the order of the text, so that the sum does not depend on which thread was first.
            handle(start, logProbabilities.AsSpan(0, count), ranks.AsSpan(0, count));
            start += count;
            count = nextCount;
            foreach (var window in windows)
            {
                window.Append(nextCount);
                window.Forget(start);
            }
            progress?.Report((double)start / length);
        }
        while (count > 0);
    }

    private void Work(int thread)
    {
        for (int item; (item = Interlocked.Increment(ref nextItem) - 1) < recurrences.Length + Blocks;)
        {
            // The recurrences first: they are the longest pieces.
            if (item < recurrences.Length) recurrences[item].Read(windows[item].Next(nextCount));
            else Score((item - recurrences.Length) * BlockLength, scorers[thread]);
        }
    }

    private void Score(int first, MixtureScorer scorer)
        => scorer.Score(text, start + first, Math.Min(BlockLength, count - first), windows, outputs, separatesLines, logProbabilities, ranks, first);
}
