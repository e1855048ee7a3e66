using System.Runtime.CompilerServices;
using RnnLm.Inference;
using RnnLm.NGrams;
using RnnLm.Numerics;

namespace RnnLm.Scoring;

/// <summary>Measures how well an n-gram model predicts lines, on several threads. The figures are the same bit for bit whatever the number of threads.</summary>
internal sealed class NGramEvaluation
{
    private const int BlockLength = 256;

    private readonly NGramTable table;
    private readonly ReadOnlyMemory<int> ids;
    private readonly float[][] distributions; // of each thread: [vocabulary]
    private readonly double[] logProbabilities;
    private readonly int[] ranks;
    private readonly Action<int> work;
    private int start;
    private int count;
    private int nextBlock;

    private NGramEvaluation(NGramTable table, ReadOnlyMemory<int> ids, int threads)
    {
        this.table = table;
        this.ids = ids;
        distributions = [.. Enumerable.Range(0, threads).Select(_ => new float[table.VocabularySize])];
        logProbabilities = new double[BlockLength * threads * 4];
        ranks = new int[logProbabilities.Length];
        work = Work;
    }

    /// <summary>Measures a model on lines.</summary>
    /// <param name="table">The model.</param>
    /// <param name="ids">The words' ids, with an end-of-line word after each line.</param>
    /// <param name="options">How the evaluation is run.</param>
    /// <exception cref="ArgumentException">The text has no words, or words that the vocabulary lacks.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public static LanguageModelMetrics Measure(NGramTable table, ReadOnlyMemory<int> ids, EvaluationOptions options)
        => StreamEvaluation.Measure(
            table.VocabularySize, ids, EvaluationContext.LinesApart, options, workers => new NGramEvaluation(table, ids, workers.Count).Run(workers, options));

    /// <summary>The log-probabilities of the words of lines, and what else of them is asked for.</summary>
    /// <param name="table">The model.</param>
    /// <param name="ids">The words' ids, with an end-of-line word after each line but perhaps the last.</param>
    /// <param name="measures">Receives what is found.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static void Score(NGramTable table, ReadOnlySpan<int> ids, WordMeasures measures, CancellationToken cancellationToken)
    {
        Span<int> room = stackalloc int[NGramTable.MaximumOrder];
        var distribution = measures.NeedDistributions ? new float[table.VocabularySize] : [];
        for (var i = 0; i < ids.Length; i++)
        {
            if (i % BlockLength == 0) cancellationToken.ThrowIfCancellationRequested();
            var context = ContextOf(ids, i, table.Order, room);
            measures.LogProbabilities[i] = table.LogProbability(context, ids[i]);
            if (!measures.NeedDistributions) continue;
            table.LogProbabilities(context, distribution);
            if (measures.Ranks is { } ranks) ranks[i] = Rank.Before(ids[i], distribution[ids[i]], distribution);
            if (measures.Entropies is { } entropies) entropies[i] = Entropy.OfLogits(distribution, normalizer: 0);
        }
    }

    private PredictionTally Run(Workers workers, EvaluationOptions options)
    {
        var tally = new PredictionTally();
        for (; start < ids.Length; start += count)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            count = Math.Min(ranks.Length, ids.Length - start);
            nextBlock = 0;
            workers.Run(workers.Count, work);
            tally.Add(logProbabilities.AsSpan(0, count), ranks.AsSpan(0, count));
            options.Progress?.Report((double)(start + count) / ids.Length);
        }
        return tally;
    }

    private void Work(int thread)
    {
        for (int block; (block = Interlocked.Increment(ref nextBlock) - 1) * BlockLength < count;)
            Measure(block * BlockLength, Math.Min(BlockLength, count - (block * BlockLength)), distributions[thread]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure(int first, int length, float[] distribution)
    {
        Span<int> room = stackalloc int[NGramTable.MaximumOrder];
        var words = ids.Span;
        for (var i = first; i < first + length; i++)
        {
            var word = words[start + i];
            var context = ContextOf(words, start + i, table.Order, room);
            logProbabilities[i] = table.LogProbability(context, word);
            table.LogProbabilities(context, distribution);
            ranks[i] = Rank.Before(word, distribution[word], distribution);
        }
    }

    /// <summary>The words before a place in its line, as many as the model uses, after the end-of-line word that stands for the beginning of the line.</summary>
    private static ReadOnlySpan<int> ContextOf(ReadOnlySpan<int> ids, int place, int order, Span<int> room)
    {
        var before = ids[Math.Max(0, place - (order - 1))..place];
        var lineEnd = before.LastIndexOf(Vocabulary.EndOfLineId);
        if (lineEnd >= 0) return before[lineEnd..];
        if (before.Length == order - 1) return before;
        // The first line has no end of another before it.
        room[0] = Vocabulary.EndOfLineId;
        before.CopyTo(room[1..]);
        return room[..(before.Length + 1)];
    }
}
