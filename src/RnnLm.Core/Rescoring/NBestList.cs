using RnnLm.Faults;
using RnnLm.Wording;

namespace RnnLm;

/// <summary>The hypotheses for one utterance, or for one sentence to translate: an n-best list.</summary>
public sealed class NBestList
{
    private readonly Hypothesis[] hypotheses;

    /// <summary>Makes a list.</summary>
    /// <param name="utterance">The utterance's name, by which its reference and its answer are known.</param>
    /// <param name="hypotheses">The hypotheses, in the order of whoever made them; they are copied. There may be none.</param>
    /// <param name="reference">What was really said, where that is known.</param>
    /// <param name="conversation">The name of the conversation that it is part of, for <see cref="RescoringOptions.CarryState"/>; null where all are of one.</param>
    /// <exception cref="ArgumentException">A hypothesis is null, or has another number of scores than the first.</exception>
    public NBestList(string utterance, IEnumerable<Hypothesis> hypotheses, string? reference = null, string? conversation = null)
    {
        ArgumentNullException.ThrowIfNull(utterance);
        ArgumentNullException.ThrowIfNull(hypotheses);
        (Utterance, Reference, Conversation) = (utterance, reference, conversation);
        this.hypotheses = [.. hypotheses];
        for (var i = 0; i < this.hypotheses.Length; i++)
        {
            if (this.hypotheses[i] is not { } hypothesis)
                throw new ArgumentException($"The hypothesis at index {i} of utterance {Quotation.Of(utterance)} is null; one that says nothing has the text \"\".", nameof(hypotheses));
            if (hypothesis.Scores.Count != ScoreCount)
            {
                throw new ArgumentException(
                    $"The hypothesis at index {i} of utterance {Quotation.Of(utterance)} has {hypothesis.Scores.Count} scores and the first {ScoreCount}; they must have the same number.",
                    nameof(hypotheses));
            }
        }
    }

    /// <summary>The utterance's name.</summary>
    public string Utterance { get; }

    /// <summary>The hypotheses, in the order of whoever made them.</summary>
    public IReadOnlyList<Hypothesis> Hypotheses => hypotheses;

    /// <summary>What was really said; null where that is not known.</summary>
    public string? Reference { get; }

    /// <summary>The name of the conversation that it is part of; null where it has none.</summary>
    public string? Conversation { get; }

    /// <summary>The number of scores of each hypothesis; 0 where there is no hypothesis.</summary>
    internal int ScoreCount => hypotheses is [{ } first, ..] ? first.Scores.Count : 0;

    /// <summary>The same hypotheses with what was really said.</summary>
    /// <param name="reference">What was really said; null where that is not known.</param>
    public NBestList WithReference(string? reference) => new(Utterance, hypotheses, reference, Conversation);

    /// <summary>The name and the number of hypotheses, for people to read.</summary>
    public override string ToString() => FormattableString.Invariant($"{Utterance}: {CountText.Of(hypotheses.Length, "hypothesis", "hypotheses")}");
}
