namespace RnnLm;

/// <summary>The weights that <c>TuneRescoring</c> has found best on n-best lists with references, and what they reach there.</summary>
public sealed record RescoringTuningResult
{
    /// <summary>How to rescore: the options that were handed in, with the weights that were found.</summary>
    public required RescoringOptions Options { get; init; }

    /// <summary>The errors of the hypotheses that are best by their own scores alone: without the language model and without a penalty.</summary>
    public required WordErrorRate FirstBest { get; init; }

    /// <summary>The errors of the hypotheses with the fewest: no order of the lists can have fewer.</summary>
    public required WordErrorRate Oracle { get; init; }

    /// <summary>The errors of the hypotheses that are best with the weights that were found; never more than <see cref="FirstBest"/>.</summary>
    public required WordErrorRate Tuned { get; init; }

    /// <summary>The weights and the rates, for people to read.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"weight {Options.LanguageModelWeight:G4}, penalty {Options.WordInsertionPenalty:G4}: {100 * Tuned.Rate:F2}% (first best {100 * FirstBest.Rate:F2}%, oracle {100 * Oracle.Rate:F2}%)");
}
