using RnnLm.Faults;

namespace RnnLm;

/// <summary>How a document is summarized by some of its sentences.</summary>
public sealed record SummaryOptions
{
    private const int DefaultSentences = 3;

    /// <summary>How many sentences the summary has, at least 1; a document of fewer is its own summary.</summary>
    /// <value>Null, the default, means three, or what <see cref="ShareOfWords"/> says.</value>
    public int? Sentences { get; set; }

    /// <summary>
    /// The share of the document's words that the summary has at most, above 0 and at most 1: sentences are chosen that fit in what is left of it, and one at least. It is
    /// set instead of <see cref="Sentences"/>.
    /// </summary>
    /// <value>The default is null.</value>
    public double? ShareOfWords { get; set; }

    /// <summary>In which order the sentences stand.</summary>
    /// <value>The default is <see cref="SummaryOrder.Document"/>.</value>
    public SummaryOrder Order { get; set; }

    /// <summary>What one sentence tells of another.</summary>
    /// <value>The default is <see cref="SummaryMethod.Information"/>.</value>
    public SummaryMethod Method { get; set; }

    /// <summary>
    /// How much of what the chosen sentences tell already is taken off what another would add, from 0 to 1. At 1 a sentence counts for nothing but what it tells
    /// beyond the best of those chosen before it; at 0 sentences are ranked by themselves, and two that say the same may both be chosen. Where <see cref="Sentences"/> is 1
    /// nothing is told already, so that it is left as it is.
    /// </summary>
    /// <value>The default is 1.</value>
    public double RedundancyPenalty { get; set; } = 1;

    /// <summary>
    /// The number of sentences, at least 1, spread evenly over the document, that stand for the rest of it: each sentence is ranked by what it tells of these. It bounds the
    /// work, which is in proportion to the words of the document and to this number. A document of no more sentences is compared with all of itself.
    /// </summary>
    /// <value>The default is 50.</value>
    public int ComparedSentences { get; set; } = 50;

    /// <summary>Whether every line is a sentence, as in text that has been split already, so that no other boundary is looked for.</summary>
    /// <value>The default is false.</value>
    public bool LinesAreSentences { get; set; }

    /// <summary>How many sentences at most, whatever the share of words.</summary>
    internal int MostSentences => Sentences ?? (ShareOfWords is null ? DefaultSentences : int.MaxValue);

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range, or two exclude one another.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        AddFaults(faults);
        faults.ThrowIfAny(nameof(SummaryOptions));
    }

    /// <summary>Adds what is out of range.</summary>
    internal void AddFaults(OptionFaults faults)
    {
        faults.RequireAtLeast(nameof(Sentences), Sentences, 1);
        faults.Require(ShareOfWords is null or (> 0 and <= 1), nameof(ShareOfWords), ShareOfWords, "above 0 and at most 1");
        if (Sentences is not null) faults.Require(ShareOfWords is null, nameof(ShareOfWords), ShareOfWords, $"left unset where {nameof(Sentences)} is set");
        faults.RequireDefined(nameof(Order), Order);
        faults.RequireDefined(nameof(Method), Method);
        faults.RequireFinite(RedundancyPenalty is >= 0 and <= 1, nameof(RedundancyPenalty), RedundancyPenalty, "from 0 to 1");
        if (Sentences == 1) faults.Require(RedundancyPenalty == 1, nameof(RedundancyPenalty), RedundancyPenalty, $"left as it is where {nameof(Sentences)} is 1, beside which it has no effect");
        faults.RequireAtLeast(nameof(ComparedSentences), ComparedSentences, 1);
    }
}
