using RnnLm.Scoring;
using RnnLm.Wording;

namespace RnnLm;

/// <summary>
/// How well a model predicts a text. A figure means nothing without the data set, <see cref="Context"/>, <see cref="Words"/> and
/// <see cref="Unknown"/> beside it.
/// </summary>
public sealed record LanguageModelMetrics
{
    private readonly long? pieces;

    /// <summary>What each word was predicted from: which of two measures the figures are.</summary>
    public required EvaluationContext Context { get; init; }

    /// <summary>
    /// The number of words predicted, end-of-line words included: the <c>N</c> of the perplexity. Of a model of subwords they are whole words, as a person sees them, so
    /// that the figures can be compared with those of a model of whole words.
    /// </summary>
    public required long Words { get; init; }

    /// <summary>The number of pieces of words predicted, end-of-line words included; that of the words where the model does not have subwords.</summary>
    public long Pieces
    {
        get => pieces ?? Words;
        init => pieces = value;
    }

    /// <summary>How many of the words are the unknown word; they are counted like any other.</summary>
    public required long Unknown { get; init; }

    /// <summary>The mean of <c>−ln p</c> by word, in nats.</summary>
    public required double CrossEntropy { get; init; }

    /// <summary>The share of words that the model held most probable, from 0 to 1; of a model of subwords, of pieces.</summary>
    public required double AccuracyAt1 { get; init; }

    /// <summary>The share of words that were among the three that the model held most probable, from 0 to 1; of a model of subwords, of pieces.</summary>
    public double AccuracyAt3 { get; init; }

    /// <summary>The share of words that were among the five that the model held most probable, from 0 to 1; of a model of subwords, of pieces.</summary>
    public required double AccuracyAt5 { get; init; }

    /// <summary>The share of words that are the unknown word, from 0 to 1.</summary>
    public double UnknownRate => (double)Unknown / Words;

    /// <summary>The mean of <c>−log2 p</c> by word: <see cref="CrossEntropy"/> in bits.</summary>
    public double BitsPerWord => CrossEntropy / Math.Log(2);

    /// <summary><c>exp(−(1/N) Σ ln p(w_i | w_1 … w_{i−1}))</c>.</summary>
    public double Perplexity => Math.Exp(CrossEntropy);

    /// <summary><c>exp</c> of the mean of <c>−ln p</c> by piece; not to be compared between models with other pieces.</summary>
    public double PiecePerplexity => Math.Exp(CrossEntropy * Words / Pieces);

    /// <summary>The figures on a line, in the invariant culture: <c>perplexity 104.20 as one stream (6.703 bits a word), 217,646 words, …</c></summary>
    public override string ToString() => FormattableString.Invariant(
        $"perplexity {PerplexityText.Of(Perplexity)} {Context.Describe()} ({BitsPerWord:F3} bits a word), {CountText.Of(Words, "word")}{PiecesText}, {Unknown:N0} unknown ({UnknownRate:P2}), {AccuracyAt1:P1} right at once, {AccuracyAt5:P1} within five");

    private string PiecesText => Pieces == Words ? "" : FormattableString.Invariant($" of {CountText.Of(Pieces, "piece")} (perplexity by piece {PerplexityText.Of(PiecePerplexity)})");
}
