using RnnLm.Faults;

namespace RnnLm.Rescoring;

/// <summary>
/// The parts of a hypothesis's score, and their weights: own scores, costs with their signs turned, then the language model's log-probability, then the number of
/// words with its sign turned. Whatever puts a score together does it here, so that tuning and rescoring give the same bits.
/// </summary>
internal static class ScoreParts
{
    /// <summary>The place of the language model's log-probability.</summary>
    /// <param name="scores">The number of own scores.</param>
    public static int LanguageModel(int scores) => scores;

    /// <summary>The place of the number of words.</summary>
    /// <param name="scores">The number of own scores.</param>
    public static int Words(int scores) => scores + 1;

    /// <summary>The parts of a hypothesis: <c>[scores + 2]</c>.</summary>
    public static double[] Of(Hypothesis hypothesis, double logProbability, int words, HypothesisScoreKind kind)
        => [.. hypothesis.Scores.Select(own => kind == HypothesisScoreKind.Cost ? -own : own), logProbability, -words];

    /// <summary>The weights of the parts: <c>[scores + 2]</c>.</summary>
    /// <exception cref="ArgumentException">There are weights for another number of scores.</exception>
    public static double[] WeightsOf(RescoringOptions options, NBestList list)
    {
        if (options.ScoreWeights.Count > 0 && options.ScoreWeights.Count != list.ScoreCount && list.Hypotheses.Count > 0)
        {
            throw new ArgumentException(
                $"There are {options.ScoreWeights.Count} weights, and the hypotheses of utterance {Quotation.Of(list.Utterance)} have {list.ScoreCount} scores; ScoreWeights must have a weight for each score.",
                nameof(options));
        }
        return [.. Enumerable.Range(0, list.ScoreCount).Select(i => options.ScoreWeights.Count > 0 ? options.ScoreWeights[i] : 1), options.LanguageModelWeight, options.WordInsertionPenalty];
    }

    /// <summary>The score. A part whose weight is 0 adds nothing, however great it is.</summary>
    public static double Sum(ReadOnlySpan<double> parts, ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        for (var i = 0; i < parts.Length; i++) sum += weights[i] * parts[i];
        return sum;
    }

    /// <summary>The number of a text's words, the end-of-line word left out.</summary>
    public static int WordsOf(TextScore score, ScoringOptions options) => score.Words.Count - (options.IncludeEndOfLine ? 1 : 0);
}
