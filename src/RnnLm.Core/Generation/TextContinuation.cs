namespace RnnLm;

/// <summary>A continuation of a text, one of several.</summary>
public sealed class TextContinuation
{
    internal TextContinuation(string text, IReadOnlyList<GeneratedWord> words, double logProbability, double score, ContinuationEnd end)
    {
        Text = text;
        Words = words;
        LogProbability = logProbability;
        Score = score;
        End = end;
    }

    /// <summary>The continuation by itself, its words joined by the tokenizer and its lines by line feeds.</summary>
    public string Text { get; }

    /// <summary>Its words; of a model of subwords the pieces of its words.</summary>
    public IReadOnlyList<GeneratedWord> Words { get; }

    /// <summary>
    /// The natural logarithm of the probability that the model gives its words and what ended it, be that an end-of-line word or a stop text, before temperature,
    /// penalties and cuts.
    /// </summary>
    public double LogProbability { get; }

    /// <summary>
    /// By what continuations are held against one another. Where words are drawn or taken one by one it is <see cref="LogProbability"/>. In a beam search it is
    /// <c>log p / length^α</c>, with <see cref="BeamSearchOptions.LengthNormalization"/> for α and <see cref="GenerationOptions.RepetitionPenalty"/> in p.
    /// </summary>
    public double Score { get; }

    /// <summary>Where it ended.</summary>
    public ContinuationEnd End { get; }

    /// <summary>The score and the text, for people to read.</summary>
    public override string ToString() => FormattableString.Invariant($"{Score:F3} {Text}");
}
