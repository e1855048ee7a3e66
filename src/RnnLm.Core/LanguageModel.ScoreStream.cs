using RnnLm.Inference;
using RnnLm.Scoring;

namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>
    /// How probable a text is after what a state has read, word by word and as a whole. It is the first of its line where the state is at the beginning of one,
    /// and goes on with the line where it is not.
    /// </summary>
    /// <param name="state">What was read before; moved on by the text, and by an end-of-line word where that is scored.</param>
    /// <param name="text">The text.</param>
    /// <param name="options">What is added up; the defaults where null.</param>
    /// <param name="cancellationToken">Ends it early, inside the text; the state has then read some of the words.</param>
    /// <exception cref="ArgumentException">The state belongs to another model.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TextScore ScoreFrom(RecurrentState state, string text, ScoringOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        options = Checked(options);
        Check(state);
        var encoded = Encode(text, options, cancellationToken);
        var measures = new WordMeasures(encoded.Ids.Length, options);
        Measure(encoded.Ids, state, measures, cancellationToken);
        return TextScore.Of(new WordScores(encoded, measures, options), Tokenizer);
    }

    /// <summary>
    /// How probable lines are as one stream: the state is carried from line to line, an end-of-line word after each, so that each is predicted from all lines
    /// before it. Together they have the log-probability from which <see cref="Evaluate"/> has its perplexity; <see cref="ScoreMany(IEnumerable{string}, ScoringOptions, BatchOptions)"/>
    /// is the other measure, each line read from a fresh state.
    /// </summary>
    /// <param name="lines">The lines, in their order, which decides on the scores; read one at a time.</param>
    /// <param name="options">What is added up; the defaults where null. An end-of-line word that is not scored is read all the same.</param>
    /// <param name="cancellationToken">Ends it early, inside a line.</param>
    /// <returns>The score of each line, when it is asked for. Every enumeration begins anew.</returns>
    /// <exception cref="ArgumentException">A line is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, while scores were asked for.</exception>
    public IEnumerable<TextScore> ScoreStream(IEnumerable<string> lines, ScoringOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return ScoreEach(lines, Checked(options), cancellationToken);
    }

    private IEnumerable<TextScore> ScoreEach(IEnumerable<string> lines, ScoringOptions options, CancellationToken cancellationToken)
    {
        var state = Start();
        var index = 0;
        foreach (var line in lines)
        {
            yield return ScoreFrom(state, NotNull(line, index++, nameof(lines)), options, cancellationToken);
            if (!options.IncludeEndOfLine) Network.Step(Vocabulary.EndOfLineId, state);
        }
    }

    /// <summary>Measures words and reads all of them.</summary>
    private void Measure(int[] words, RecurrentState state, WordMeasures measures, CancellationToken cancellationToken)
    {
        if (mixture is not null)
        {
            MeasureOneByOne(words, state, measures, cancellationToken);
            return;
        }
        if (measures.NeedDistributions) DistributionScorer.Score(Network, words, state, measures, cancellationToken);
        else Network.ScoreUpToLast(words, state, measures.LogProbabilities, cancellationToken);
        if (words.Length > 0) Network.Step(words[^1], state);
    }

    private void MeasureOneByOne(int[] words, RecurrentState state, WordMeasures measures, CancellationToken cancellationToken)
    {
        var distribution = measures.NeedDistributions ? new float[Vocabulary.Count] : [];
        for (var i = 0; i < words.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            measures.LogProbabilities[i] = mixture!.LogProbability(words[i], state);
            if (measures.NeedDistributions)
            {
                mixture.LogProbabilities(state, distribution);
                if (measures.Ranks is { } ranks) ranks[i] = Rank.Before(words[i], distribution[words[i]], distribution);
                if (measures.Entropies is { } entropies) entropies[i] = Entropy.OfLogits(distribution, normalizer: 0);
            }
            Network.Step(words[i], state);
        }
    }
}
