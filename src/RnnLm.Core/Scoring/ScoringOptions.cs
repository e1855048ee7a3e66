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
    public void Validate()
    {
        var faults = new OptionFaults();
        AddFaults(faults);
        faults.ThrowIfAny(nameof(ScoringOptions));
    }

    internal void AddFaults(OptionFaults faults)
    {
        faults.RequireDefined(nameof(UnknownWords), UnknownWords);
        faults.Require(
            UnknownWordLogProbability <= 0 && double.IsFinite(UnknownWordLogProbability),
            nameof(UnknownWordLogProbability), UnknownWordLogProbability, "a finite number, at most 0");
    }

    /// <summary>A copy that shares nothing with this one.</summary>
    internal ScoringOptions Clone() => (ScoringOptions)MemberwiseClone();
}
