using RnnLm.Faults;

namespace RnnLm;

/// <summary>What is suggested to a person who types.</summary>
public sealed record SuggestionOptions
{
    /// <summary>The greatest <see cref="Count"/>.</summary>
    public const int MaximumCount = 63;

    /// <summary>The greatest <see cref="MaximumWords"/>.</summary>
    public const int GreatestMaximumWords = 16;

    /// <summary>The greatest <see cref="MaximumEdits"/>.</summary>
    public const int GreatestMaximumEdits = 2;

    internal const double UsualEditCost = 5;

    /// <summary>How many suggestions, from 1 to 63; there are fewer where no more words go on with the letters typed.</summary>
    /// <value>The default is 3.</value>
    public int Count { get; set; } = 3;

    /// <summary>
    /// The greatest number of words in a suggestion, from 1 to 16. One goes on with a further word where that is more probable than
    /// <see cref="ContinuationConfidence"/>. Where
    /// words are written without spaces between them, as in Chinese, four characters count as a word. Each further word costs a step of the network for each
    /// suggestion; with a model of subwords a step for each piece, and up to 16 to find the word.
    /// </summary>
    /// <value>The default is 1.</value>
    public int MaximumWords { get; set; } = 1;

    /// <summary>How probable a further word of a suggestion must be after those before it, from 0 to 1.</summary>
    /// <value>The default is 0.5.</value>
    public double ContinuationConfidence { get; set; } = 0.5;

    /// <summary>
    /// How many letters may have been typed wrongly, from 0 to 2: one too many, one missing, one for another, or two in each other's place. Fewer than three
    /// letters typed are taken as they
    /// are, and fewer than six have one wrong at most. A model of subwords, whose words are without number, looks at no more than 32 beginnings of words to find them.
    /// </summary>
    /// <value>Null, the default, means 2; with a model of characters, which corrects nothing, 0.</value>
    public int? MaximumEdits { get; set; }

    /// <summary>
    /// What a letter typed wrongly costs, in nats: with 5, a word that was typed wrongly must be 148 times as probable as one that was not to come before it.
    /// At least 0.
    /// </summary>
    /// <value>Null, the default, means 5.</value>
    public double? EditCost { get; set; }

    /// <summary>The probability below which a suggestion is not made, from 0 to 1: where nothing is sure enough, nothing is suggested.</summary>
    /// <value>The default is 0.</value>
    public double Confidence { get; set; }

    /// <summary>
    /// Words that are never suggested, in whatever case they are written, unless the person has typed them himself (<see cref="UserModel"/>). The model reads
    /// and scores them as ever.
    /// </summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> BlockedWords { get; set; } = [];

    /// <summary>Whether every option is as it is where nobody sets it.</summary>
    internal bool IsUsual => BlockedWords is [] && this with { BlockedWords = [] } == new SuggestionOptions();

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        AddFaults(faults);
        faults.ThrowIfAny(nameof(SuggestionOptions));
    }

    internal void AddFaults(OptionFaults faults)
    {
        faults.RequireBetween(nameof(Count), Count, 1, MaximumCount);
        faults.RequireBetween(nameof(MaximumWords), MaximumWords, 1, GreatestMaximumWords);
        faults.Require(ContinuationConfidence is >= 0 and <= 1, nameof(ContinuationConfidence), ContinuationConfidence, "from 0 to 1");
        faults.RequireBetween(nameof(MaximumEdits), MaximumEdits, 0, GreatestMaximumEdits);
        if (EditCost is { } cost) faults.RequireFinite(cost >= 0, nameof(EditCost), cost, "of at least 0");
        faults.Require(EditCost is null || MaximumEdits != 0, nameof(EditCost), EditCost, "left out where MaximumEdits is 0, beside which it has no effect");
        faults.Require(Confidence is >= 0 and <= 1, nameof(Confidence), Confidence, "from 0 to 1");
        if (!faults.RequireGiven(BlockedWords, nameof(BlockedWords))) return;
        for (var i = 0; i < BlockedWords.Count; i++)
        {
            if (string.IsNullOrEmpty(BlockedWords[i]) || BlockedWords[i].Any(char.IsWhiteSpace))
                faults.Add(FormattableString.Invariant($"{nameof(BlockedWords)}[{i}]"), BlockedWords[i] is { } word ? Quotation.Of(word) : "null", "one word, without white space");
        }
    }

    /// <summary>What is wrong with the options for a model that has a tokenizer; null where nothing is.</summary>
    internal string? FindFault(Tokenizer tokenizer)
    {
        if (tokenizer is not CharacterTokenizer || (MaximumEdits is null or 0 && EditCost is null)) return null;
        var option = MaximumEdits > 0 ? nameof(MaximumEdits) : nameof(EditCost);
        return $"{option} has no effect with a model of characters, which corrects nothing: it knows no words. Leave it out, or use a model of words.";
    }

    /// <summary>A copy that shares nothing that changes with this one.</summary>
    internal SuggestionOptions Copy() => this with { BlockedWords = [.. BlockedWords] };
}
