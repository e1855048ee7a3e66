namespace RnnLm;

/// <summary>A hypothesis with its new score.</summary>
/// <param name="Hypothesis">The hypothesis.</param>
/// <param name="Place">Its place in the list as it was, from 0.</param>
/// <param name="Score">Its new score, which <see cref="RescoringOptions"/> says how to put together; the greater the better.</param>
/// <param name="LogProbability">The language model's log-probability of its text, in nats; 0 where no word counts.</param>
/// <param name="Words">The number of its words, without the end-of-line word.</param>
/// <param name="UnknownWords">The number of its words outside the vocabulary.</param>
public sealed record RescoredHypothesis(Hypothesis Hypothesis, int Place, double Score, double LogProbability, int Words, int UnknownWords)
{
    /// <summary>The text.</summary>
    public string Text => Hypothesis.Text;

    /// <summary>The text and its scores, for people to read.</summary>
    public override string ToString() => FormattableString.Invariant($"{Text} ({Score:G6}, language model {LogProbability:F3})");
}
