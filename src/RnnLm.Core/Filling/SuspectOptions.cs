using RnnLm.Faults;

namespace RnnLm;

/// <summary>How the words of a text are found that look like mistakes.</summary>
public sealed record SuspectOptions
{
    /// <summary>
    /// How many other words are tried in the place of each: those that are most probable after the words before it. At least 1; with the size of the
    /// vocabulary every word is tried. Of a model of subwords, whose words are without number, those that are read as themselves in the word's place and behind its white space are.
    /// </summary>
    /// <value>The default is 50.</value>
    public int Shortlist { get; set; } = 50;

    /// <summary>How many of the words behind a word have a say in what should stand in its place; at least 0, and with 0 the words before it alone have.</summary>
    /// <value>The default is 8.</value>
    public int FollowingWords { get; set; } = 8;

    /// <summary>
    /// How far it excuses a word that it is rare: the share of the log-odds that the two words have elsewhere in the text which is taken off the log-odds in this
    /// place. From 0, with which rare words are blamed for being rare, to 1.
    /// </summary>
    /// <value>The default is 0.5.</value>
    public double Rarity { get; set; } = 0.5;

    /// <summary>The least log-odds with which a word is suspected, in nats; a finite number.</summary>
    /// <value>The default is 0: some other word is more probable in its place.</value>
    public double LeastLogOdds { get; set; }

    /// <summary>Whether the end of the line is one of the words behind a word: right for a whole sentence, wrong for the beginning of one.</summary>
    /// <value>The default is true.</value>
    public bool IncludeEndOfLine { get; set; } = true;

    /// <summary>
    /// The log-probability of every word outside the vocabulary, in nats; a finite number, at most 0. A low one makes suspects of them all. Null means that of the
    /// unknown word: that a word is not known is suspicious only where words that are not known are rare. A model of subwords, to which no word is unknown, has no use for it.
    /// </summary>
    /// <value>The default is null.</value>
    public double? UnknownWordLogProbability { get; set; }

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        AddFaults(faults);
        faults.ThrowIfAny(nameof(SuspectOptions));
    }

    /// <summary>What is wrong with the options for a model that has a tokenizer; null where nothing is.</summary>
    internal string? FindFault(Tokenizer tokenizer) => !tokenizer.SplitsWords || UnknownWordLogProbability is null
        ? null
        : $"{nameof(UnknownWordLogProbability)} has no effect with a model of subwords, to which no word is unknown. Leave it out.";

    internal void AddFaults(OptionFaults faults)
    {
        faults.RequireAtLeast(nameof(Shortlist), Shortlist, 1);
        faults.RequireAtLeast(nameof(FollowingWords), FollowingWords, 0);
        faults.Require(Rarity is >= 0 and <= 1, nameof(Rarity), Rarity, "from 0 to 1");
        faults.Require(double.IsFinite(LeastLogOdds), nameof(LeastLogOdds), LeastLogOdds, "a finite number");
        if (UnknownWordLogProbability is { } unknown)
            faults.Require(ScoringOptions.IsPenalty(unknown), nameof(UnknownWordLogProbability), unknown, "a finite number, at most 0");
    }
}
