using RnnLm.Faults;

namespace RnnLm;

/// <summary>What is added up in the score of a text.</summary>
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

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range.</exception>
    public void Validate() => OptionFaults.Throw(Faults(), nameof(ScoringOptions));

    private IEnumerable<string> Faults()
    {
        if (!Enum.IsDefined(UnknownWords))
            yield return $"UnknownWords is {(int)UnknownWords}; it must be one of {string.Join(", ", Enum.GetNames<UnknownWordPolicy>())}.";
        if (!(UnknownWordLogProbability <= 0 && double.IsFinite(UnknownWordLogProbability)))
            yield return $"UnknownWordLogProbability is {UnknownWordLogProbability}; it must be a finite number, at most 0.";
    }
}
