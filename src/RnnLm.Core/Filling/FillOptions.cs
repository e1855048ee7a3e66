using RnnLm.Faults;

namespace RnnLm;

/// <summary>How a gap in a text is filled.</summary>
public record FillOptions
{
    /// <summary>How many of the most probable words are scored with what follows the gap, where <see cref="Shortlist"/> does not say.</summary>
    public const int UsualShortlist = 500;

    /// <summary>
    /// What stands in the text where a word is missing. Of a mark that is one character over and over, as the usual one is, any longer run is a mark too.
    /// Where the text is a row of words, the gap is a word of its own.
    /// </summary>
    /// <value>The default is <c>___</c>, three underscores.</value>
    public string GapMark { get; set; } = "___";

    /// <summary>How many of the candidates to give, the most probable first; at least 1. There are fewer where there are no more.</summary>
    /// <value>The default is 5.</value>
    public int Count { get; set; } = 5;

    /// <summary>
    /// How many words of the vocabulary are tried where no candidates are given: those that are most probable after what stands before the gap. Each is then scored
    /// with what follows. A vocabulary of no more words is tried whole, and the answer is exact. At least 1; it cannot be set where candidates are given.
    /// </summary>
    /// <value>Null, the default, means <see cref="UsualShortlist"/>.</value>
    public int? Shortlist { get; set; }

    /// <summary>Whether the end of the line is part of what follows the gap: right for a whole sentence, wrong for the beginning of one.</summary>
    /// <value>The default is true.</value>
    public bool IncludeEndOfLine { get; set; } = true;

    /// <summary>
    /// The log-probability of every word outside the vocabulary, in nats; a finite number, at most 0. Null means that of the unknown word, which all
    /// of them share: a candidate that the model does not know is then soon more probable than all that it knows.
    /// </summary>
    /// <value>The default is −15, a probability of three in ten million.</value>
    public double? UnknownWordLogProbability { get; set; } = -15;

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        AddFaults(faults);
        faults.ThrowIfAny(nameof(FillOptions));
    }

    internal void AddFaults(OptionFaults faults)
    {
        if (string.IsNullOrWhiteSpace(GapMark)) faults.Add(nameof(GapMark), $"\"{GapMark}\"", "a text that is not white space alone, such as ___");
        faults.RequireAtLeast(nameof(Count), Count, 1);
        faults.RequireAtLeast(nameof(Shortlist), Shortlist, 1);
        if (UnknownWordLogProbability is { } unknown)
            faults.Require(ScoringOptions.IsPenalty(unknown), nameof(UnknownWordLogProbability), unknown, "a finite number, at most 0");
    }
}
