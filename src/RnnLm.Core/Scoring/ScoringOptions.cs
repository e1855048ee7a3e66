using RnnLm.Faults;

namespace RnnLm;

/// <summary>What is added up in the score of a text, and what is told of each of its words.</summary>
public sealed class ScoringOptions
{
    /// <summary>Whether the end-of-line word is scored after the text's words: the probability that the line ends there.</summary>
    /// <value>The default is true.</value>
    public bool IncludeEndOfLine { get; set; } = true;

    /// <summary>What a word outside the vocabulary adds. It is read as the unknown word in any case.</summary>
    /// <value>The default is <see cref="UnknownWordPolicy.Counted"/>.</value>
    public UnknownWordPolicy UnknownWords { get; set; } = UnknownWordPolicy.Counted;

    /// <summary>The log-probability of a word outside the vocabulary, in nats, where the policy is <see cref="UnknownWordPolicy.Penalized"/>; a finite number, at most 0.</summary>
    /// <value>The default is −15, a probability of three in ten million.</value>
    public double UnknownWordLogProbability { get; set; } = -15;

    /// <summary>
    /// Whether each word has its <see cref="WordScore.Rank"/>. The whole distribution before each word must be gone through for it, and of many texts each is
    /// then read by itself.
    /// </summary>
    /// <value>The default is false.</value>
    public bool IncludeRanks { get; set; }

    /// <summary>Whether each word has the <see cref="WordScore.Entropy"/> of its prediction; it takes more time than <see cref="IncludeRanks"/>, for the same reason.</summary>
    /// <value>The default is false.</value>
    public bool IncludeEntropies { get; set; }

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        AddFaults(faults);
        faults.ThrowIfAny(nameof(ScoringOptions));
    }

    internal void AddFaults(OptionFaults faults)
    {
        faults.RequireDefined(nameof(UnknownWords), UnknownWords);
        faults.Require(IsPenalty(UnknownWordLogProbability), nameof(UnknownWordLogProbability), UnknownWordLogProbability, "a finite number, at most 0");
    }

    /// <summary>Whether a number is the logarithm of a probability that is not zero.</summary>
    internal static bool IsPenalty(double value) => value <= 0 && double.IsFinite(value);

    /// <summary>A copy that shares nothing with this one.</summary>
    internal ScoringOptions Clone() => (ScoringOptions)MemberwiseClone();
}
