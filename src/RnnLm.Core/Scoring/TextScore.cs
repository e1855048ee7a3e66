using RnnLm.Scoring;

namespace RnnLm;

/// <summary>
/// How probable a text is to a model, word by word and as a whole. Of a model of subwords, words are whole ones, as a person sees them, each with the log-probabilities of
/// its pieces added up: figures by word can be compared with those of a model of whole words.
/// </summary>
public sealed class TextScore
{
    private TextScore(IReadOnlyList<WordScore> words, IReadOnlyList<WordScore> pieces)
    {
        Words = words;
        Pieces = pieces;
        foreach (var word in words)
        {
            if (word.IsUnknown) UnknownCount++;
            if (!word.IsCounted) continue;
            Count++;
            LogProbability += word.LogProbability;
        }
    }

    /// <summary>The words in the order of the text; the end-of-line word last, where it is scored.</summary>
    public IReadOnlyList<WordScore> Words { get; }

    /// <summary>What the model predicted one after the other: of a model of subwords the pieces of words, of any other the words.</summary>
    public IReadOnlyList<WordScore> Pieces { get; }

    /// <summary>The number of words that are part of the score.</summary>
    public int Count { get; }

    /// <summary>The number of words outside the vocabulary, whether or not they are part of the score.</summary>
    public int UnknownCount { get; }

    /// <summary>The natural logarithm of the text's probability: the sum over the words that are part of the score; 0 where there is none.</summary>
    public double LogProbability { get; }

    /// <summary>The mean of <c>−ln p</c> by word, in nats; not a number where no word is part of the score.</summary>
    public double CrossEntropy => -LogProbability / Count;

    /// <summary><c>exp</c> of <see cref="CrossEntropy"/>; not a number where no word is part of the score.</summary>
    public double Perplexity => Math.Exp(CrossEntropy);

    /// <summary><c>exp</c> of the mean of <c>−ln p</c> by piece; not to be compared between models with other pieces. Not a number where no word is part of the score.</summary>
    public double PiecePerplexity => ReferenceEquals(Pieces, Words) ? Perplexity : Math.Exp(-LogProbability / Pieces.Count);

    /// <summary>The score of words, or of pieces of words where the tokenizer makes those.</summary>
    internal static TextScore Of(IReadOnlyList<WordScore> words, Tokenizer tokenizer)
        => tokenizer is SubwordTokenizer subwords ? new TextScore(WholeWords.Of(words, subwords), words) : new TextScore(words, words);

    /// <summary>The figures, for people to read.</summary>
    public override string ToString()
        => FormattableString.Invariant($"log-probability {LogProbability:F3}, perplexity {PerplexityText.Of(Perplexity)}, {Count:N0} words, {UnknownCount:N0} unknown");
}
