using RnnLm.Reasons;

namespace RnnLm;

/// <summary>How much each word of a context moved a prediction.</summary>
public sealed class Explanation
{
    internal Explanation(string word, double logProbability, string method, IReadOnlyList<WordInfluence> words)
        => (Word, LogProbability, Method, Words) = (word, logProbability, method, words);

    /// <summary>The word whose probability is explained; several that follow one another are joined to text.</summary>
    public string Word { get; }

    /// <summary>Its probability after the context, from 0 to 1.</summary>
    public double Probability => Math.Exp(LogProbability);

    /// <summary>The natural logarithm of <see cref="Probability"/>.</summary>
    public double LogProbability { get; }

    /// <summary>How the influences were found out, in words.</summary>
    public string Method { get; }

    /// <summary>The explained words of the context, in the order of the text.</summary>
    public IReadOnlyList<WordInfluence> Words { get; }

    /// <summary>
    /// The explanation as a piece of HTML that needs nothing else, for a notebook or a page: each word on a colour that is the stronger the greater its influence is, blue where it
    /// raises the probability, orange where it lowers it, with the influence in nats beside it. Text is escaped; every word has its own foreground and background, of a contrast of
    /// at least 4.5, so that it is readable on light and dark pages alike.
    /// </summary>
    public string ToHtml() => ExplanationHtml.Of(this);

    /// <summary>
    /// The context as a line of coloured text for a terminal, in the nearest of its 256 colours to those of <see cref="ToHtml"/>. Control characters are written as their numbers.
    /// </summary>
    public string ToAnsi() => ExplanationAnsi.Of(this);

    /// <summary>The predicted word, its probability and the influences, for people to read.</summary>
    public override string ToString() => FormattableString.Invariant($"{Word} {Probability:P1}: {string.Join(", ", Words)}");
}
