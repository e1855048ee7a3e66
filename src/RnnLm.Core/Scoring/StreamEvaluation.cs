using RnnLm.Inference;
using RnnLm.Numerics;

namespace RnnLm.Scoring;

/// <summary>
/// Measures how well a network predicts a stream of words, on several threads. The recurrence can only go word by word, so one thread runs it
/// ahead by a stretch of words while all threads, that one too when it is done, score the stretch before in blocks. The figures are the same
/// bit for bit whatever the number of threads.
/// </summary>
internal sealed class StreamEvaluation
{
    private const int BlockLength = WordScorer.StatesAtOnce;
    private const int StretchLength = 8 * BlockLength;

    private readonly ReadOnlyMemory<int> ids;
    private readonly Workers workers;
    private readonly StreamStates recurrence;
    private readonly WordScorer[] scorers;
    private readonly WordQueries[] queries;
    private readonly double[] logProbabilities;
    private readonly int[] ranks;
    private readonly Action<int> work;
    private readonly int outputSize;

    // states: [stretch, output]; one stretch is scored while the next is being filled
    private float[] states;
    private float[] nextStates;
    private int start;
    private int count;
    private int nextCount;
    private int nextItem;

    private StreamEvaluation(Network network, ReadOnlyMemory<int> ids, EvaluationContext context, int ranked, Workers workers)
    {
        this.ids = ids;
        this.workers = workers;
        recurrence = new StreamStates(network, ids, separatesLines: context == EvaluationContext.LinesApart);
        // A row of some words needs no more room than its words.
        scorers = [.. Enumerable.Range(0, workers.Count).Select(_ => network.Output.CreateScorer(Math.Min(BlockLength, ids.Length)))];
        queries = [.. scorers.Select(_ => new WordQueries(ranked))];
        work = Work;
        outputSize = network.Shape.OutputSize;
        var length = Math.Min(StretchLength, ids.Length);
        logProbabilities = new double[length];
        ranks = new int[length];
        states = new float[length * outputSize];
        nextStates = new float[length * outputSize];
    }

    /// <summary>Measures a network on one stream of words, or on its lines, each read from a fresh state.</summary>
    /// <param name="network">The network.</param>
    /// <param name="ids">The words' ids, with an end-of-line word after each line.</param>
    /// <param name="context">Whether it is one stream or its lines.</param>
    /// <param name="options">How the evaluation is run.</param>
    /// <exception cref="ArgumentException">The text has no words, or words that the vocabulary lacks.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public static LanguageModelMetrics Measure(Network network, ReadOnlyMemory<int> ids, EvaluationContext context, EvaluationOptions options)
        => Measure(network.Shape.VocabularySize, ids, context, options, workers =>
            new StreamEvaluation(network, ids, context, ranked: 5, workers).Run(options.Progress, options.CancellationToken));

    /// <summary>What a measurement of a stream is, whatever predicts it.</summary>
    /// <param name="vocabularySize">The number of words.</param>
    /// <param name="ids">The words' ids, with an end-of-line word after each line.</param>
    /// <param name="context">Whether it is one stream or its lines.</param>
    /// <param name="options">How the evaluation is run.</param>
    /// <param name="run">Predicts the words, and adds up how well.</param>
    /// <inheritdoc cref="Measure(Network, ReadOnlyMemory{int}, EvaluationContext, EvaluationOptions)"/>
    public static LanguageModelMetrics Measure(
        int vocabularySize, ReadOnlyMemory<int> ids, EvaluationContext context, EvaluationOptions options,
        Func<Workers, PredictionTally> run)
    {
        options.Validate();
        Check(vocabularySize, ids);

        // More threads than blocks of words would only wait.
        var threads = Math.Min(options.Threads ?? Environment.ProcessorCount, 1 + (ids.Length / BlockLength));
        using var workers = new Workers(threads);
        return run(workers).ToMetrics(ids, context);
    }

    /// <summary>Throws where a stream has no words, or words that the vocabulary lacks.</summary>
    /// <exception cref="ArgumentException">It has none, or such words.</exception>
    /// <param name="vocabularySize">The number of words of the vocabulary.</param>
    /// <param name="ids">The words' ids.</param>
    /// <param name="parameter">The parameter that the stream was given as.</param>
    public static void Check(int vocabularySize, ReadOnlyMemory<int> ids, string parameter = nameof(ids))
    {
        if (ids.IsEmpty) throw new ArgumentException("The text has no words, so there is nothing to predict.", parameter);
        if (ids.Span.ContainsAnyExceptInRange(0, vocabularySize - 1))
            throw new ArgumentException($"The text has words that are not in the vocabulary of {vocabularySize} words: it belongs to another model.", parameter);
    }

    /// <summary>The sum of <c>−ln p</c> over the words of one stream: the loss alone, without the work that ranks take.</summary>
    /// <param name="network">The network.</param>
    /// <param name="ids">The words' ids, each in the network's vocabulary; there may be none.</param>
    /// <param name="workers">The threads that share the work.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static double Loss(Network network, ReadOnlyMemory<int> ids, Workers workers, CancellationToken cancellationToken)
        => -new StreamEvaluation(network, ids, EvaluationContext.OneStream, ranked: 0, workers).Run(progress: null, cancellationToken).LogProbability;

    private PredictionTally Run(IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var tally = new PredictionTally();
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            nextCount = Math.Min(StretchLength, ids.Length - recurrence.Position);
            nextItem = 0;
            workers.Run(workers.Count, work);
            tally.Add(logProbabilities.AsSpan(0, count), ranks.AsSpan(0, count));
            start += count;
            count = nextCount;
            (states, nextStates) = (nextStates, states);
            progress?.Report((double)start / ids.Length);
        }
        while (count > 0);
        return tally;
    }

    private int Blocks => (count + BlockLength - 1) / BlockLength;

    private void Work(int thread)
    {
        for (int item; (item = Interlocked.Increment(ref nextItem) - 1) <= Blocks;)
        {
            // The recurrence first: it is the longest piece.
            if (item == 0) recurrence.Read(new MatrixView(nextStates, nextCount, outputSize));
            else Score(item - 1, scorers[thread], queries[thread]);
        }
    }

    private void Score(int block, WordScorer scorer, WordQueries queries)
    {
        var first = block * BlockLength;
        var words = ids.Span.Slice(start + first, Math.Min(BlockLength, count - first));
        queries.Clear();
        for (var i = 0; i < words.Length; i++) queries.Add(i, words[i]);
        scorer.Score(new MatrixView(states, first * outputSize, words.Length, outputSize, outputSize), queries);
        queries.LogProbabilities.CopyTo(logProbabilities.AsSpan(first));
        queries.Ranks.CopyTo(ranks.AsSpan(first));
    }
}
