using RnnLm.Scoring;

namespace RnnLm;

/// <summary>
/// How well a model predicts a text. A figure means nothing without the data set, <see cref="Context"/>, <see cref="Words"/> and
/// <see cref="Unknown"/> beside it.
/// </summary>
public sealed record LanguageModelMetrics
{
    /// <summary>What each word was predicted from: which of two measures the figures are.</summary>
    public required EvaluationContext Context { get; init; }

    /// <summary>The number of words predicted, end-of-line words included: the <c>N</c> of the perplexity.</summary>
    public required long Words { get; init; }

    /// <summary>How many of the words are the unknown word; they are counted like any other.</summary>
    public required long Unknown { get; init; }

    /// <summary>The mean of <c>−ln p</c> by word, in nats.</summary>
    public required double CrossEntropy { get; init; }

    /// <summary>The share of words that the model held most probable, from 0 to 1.</summary>
    public required double AccuracyAt1 { get; init; }

    /// <summary>The share of words that were among the five that the model held most probable, from 0 to 1.</summary>
    public required double AccuracyAt5 { get; init; }

    /// <summary>The share of words that are the unknown word, from 0 to 1.</summary>
    public double UnknownRate => (double)Unknown / Words;

    /// <summary>The mean of <c>−log2 p</c> by word: <see cref="CrossEntropy"/> in bits.</summary>
    public double BitsPerWord => CrossEntropy / Math.Log(2);

    /// <summary><c>exp(−(1/N) Σ ln p(w_i | w_1 … w_{i−1}))</c>.</summary>
    public double Perplexity => Math.Exp(CrossEntropy);

    /// <summary>The figures on a line, in the invariant culture: <c>perplexity 104.20 as one stream (6.703 bits a word), 217,646 words, …</c></summary>
    public override string ToString() => FormattableString.Invariant(
        $"perplexity {PerplexityText.Of(Perplexity)} {Context.Describe()} ({BitsPerWord:F3} bits a word), {Words:N0} words, {Unknown:N0} unknown ({UnknownRate:P2}), {AccuracyAt1:P1} right at once, {AccuracyAt5:P1} within five");
}
