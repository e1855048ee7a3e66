using RnnLm.Inference;
using RnnLm.Numerics;
using RnnLm.Scoring;

namespace RnnLm.Mixtures;

/// <summary>
/// Gives every word of a stream its log-probability by a mixture, on several threads. The figures are the same bit for bit whatever the number of threads.
/// </summary>
internal sealed class MixtureEvaluation
{
    private readonly ReadOnlyMemory<int> text; // an end-of-line word, then all words
    private readonly bool separatesLines;
    private readonly StateReading reading;
    private readonly OutputLayer[] outputs;
    private readonly MixtureScorer[] scorers;
    private readonly double[] logProbabilities;
    private readonly int[] ranks;
    private readonly double[] entropies; // where they are wanted

    private MixtureEvaluation(
        Mixture mixture, ReadOnlyMemory<int> ids, EvaluationContext context, int ranked, Workers workers, bool withEntropies = false)
    {
        text = TextOf(ids);
        separatesLines = context == EvaluationContext.LinesApart;
        reading = new StateReading([.. mixture.Networks.Select(part => (part.Network, part.CacheSize))], text, separatesLines, workers, Score);
        outputs = [.. mixture.Networks.Select(part => part.Network.Output)];
        scorers = [.. Enumerable.Range(0, workers.Count).Select(_ => new MixtureScorer(mixture, ranked, Math.Min(StateReading.BlockLength, ids.Length)))];
        logProbabilities = new double[Math.Min(StateReading.StretchLength, ids.Length)];
        ranks = new int[logProbabilities.Length];
        entropies = withEntropies ? new double[logProbabilities.Length] : [];
    }

    /// <summary>Words as a text that begins with an end-of-line word.</summary>
    public static ReadOnlyMemory<int> TextOf(ReadOnlyMemory<int> ids)
    {
        var text = new int[ids.Length + 1];
        text[0] = Vocabulary.EndOfLineId;
        ids.CopyTo(text.AsMemory(1));
        return text;
    }

    /// <summary>Measures a mixture on one stream of words, or on its lines, each read from a fresh state.</summary>
    /// <inheritdoc cref="StreamEvaluation.Measure(Network, ReadOnlyMemory{int}, EvaluationContext, EvaluationOptions)"/>
    public static LanguageModelMetrics Measure(Mixture mixture, ReadOnlyMemory<int> ids, EvaluationContext context, EvaluationOptions options)
        => StreamEvaluation.Measure(mixture.VocabularySize, ids, context, options, workers =>
        {
            var tally = new PredictionTally();
            var evaluation = new MixtureEvaluation(mixture, ids, context, ranked: 5, workers);
            evaluation.reading.Run(
                (_, count) => tally.Add(evaluation.logProbabilities.AsSpan(0, count), evaluation.ranks.AsSpan(0, count)),
                options.Progress, options.CancellationToken);
            return tally;
        });

    /// <summary>Gives the words of one text their log-probabilities, read from the beginning of a line.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="ids">The words' ids.</param>
    /// <param name="logProbabilities">Receives their natural logarithms, as many as there are words.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static void Score(Mixture mixture, ReadOnlyMemory<int> ids, Memory<double> logProbabilities, CancellationToken cancellationToken)
    {
        if (ids.IsEmpty) return;
        var evaluation = new MixtureEvaluation(mixture, ids, EvaluationContext.OneStream, ranked: 0, Workers.Single);
        evaluation.reading.Run(
            (position, count) => evaluation.logProbabilities.AsSpan(0, count).CopyTo(logProbabilities.Span[position..]), progress: null, cancellationToken);
    }

    /// <summary>Gives the words of one text their log-probabilities, and what else of them is asked for, read from the beginning of a line.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="ids">The words' ids.</param>
    /// <param name="measures">Receives what is found, of as many words.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static void Score(Mixture mixture, ReadOnlyMemory<int> ids, WordMeasures measures, CancellationToken cancellationToken)
    {
        if (!measures.NeedDistributions)
        {
            Score(mixture, ids, measures.LogProbabilities, cancellationToken);
            return;
        }
        if (ids.IsEmpty) return;
        var evaluation = new MixtureEvaluation(
            mixture, ids, EvaluationContext.OneStream, ranked: 1, Workers.Single, withEntropies: measures.Entropies is not null);
        evaluation.reading.Run(
            (position, count) =>
            {
                evaluation.logProbabilities.AsSpan(0, count).CopyTo(measures.LogProbabilities.AsSpan(position));
                if (measures.Ranks is { } ranks) evaluation.ranks.AsSpan(0, count).CopyTo(ranks.AsSpan(position));
                if (measures.Entropies is { } entropies) evaluation.entropies.AsSpan(0, count).CopyTo(entropies.AsSpan(position));
            },
            progress: null, cancellationToken);
    }

    private void Score(int thread, int position, int count)
        => scorers[thread].Score(
            text, position, count, reading.Windows, outputs, separatesLines, logProbabilities, ranks, entropies, position % StateReading.StretchLength);
}
