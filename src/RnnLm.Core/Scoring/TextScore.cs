using RnnLm.Scoring;

namespace RnnLm;

/// <summary>How probable a text is to a model, word by word and as a whole.</summary>
public sealed class TextScore
{
    internal TextScore(IReadOnlyList<WordScore> words)
    {
        Words = words;
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

    /// <summary>The figures, for people to read.</summary>
    public override string ToString()
        => FormattableString.Invariant($"log-probability {LogProbability:F3}, perplexity {PerplexityText.Of(Perplexity)}, {Count:N0} words, {UnknownCount:N0} unknown");
}
