namespace RnnLm;

/// <summary>What a speech recogniser or a translator takes to have been said, and how it has scored it.</summary>
public sealed class Hypothesis
{
    private readonly double[] scores;

    /// <summary>Makes a hypothesis with one score.</summary>
    /// <param name="text">The text; empty where nothing was said.</param>
    /// <param name="score">Its own score: a log-probability or a cost, as <see cref="RescoringOptions.Scores"/> says.</param>
    /// <exception cref="ArgumentException">The score is no finite number.</exception>
    public Hypothesis(string text, double score)
        : this(text, [score])
    {
    }

    /// <summary>Makes a hypothesis with several scores, such as those of acoustics and of an earlier language model, or with none.</summary>
    /// <param name="text">The text; empty where nothing was said.</param>
    /// <param name="scores">Its own scores; they are copied.</param>
    /// <exception cref="ArgumentException">A score is no finite number.</exception>
    public Hypothesis(string text, IReadOnlyList<double> scores)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(scores);
        Text = text;
        this.scores = [.. scores];
        for (var i = 0; i < this.scores.Length; i++)
        {
            if (double.IsFinite(this.scores[i])) continue;
            throw new ArgumentException(
                FormattableString.Invariant($"The score {(this.scores.Length == 1 ? "" : $"at index {i} ")}of the hypothesis {Faults.Quotation.Of(text)} is {this.scores[i]}; it must be a finite number."),
                nameof(scores));
        }
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>Its own scores, those of whoever made it.</summary>
    public IReadOnlyList<double> Scores => scores;

    /// <summary>The text and its scores, for people to read.</summary>
    public override string ToString() => $"{Text} ({string.Join(", ", scores.Select(score => FormattableString.Invariant($"{score:G6}")))})";
}
