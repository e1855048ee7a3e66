namespace RnnLm;

/// <summary>An n-best list in its new order.</summary>
public sealed class RescoredList
{
    internal RescoredList(NBestList source, IReadOnlyList<RescoredHypothesis> hypotheses)
    {
        Source = source;
        Hypotheses = hypotheses;
    }

    /// <summary>The list as it was.</summary>
    public NBestList Source { get; }

    /// <summary>The utterance's name.</summary>
    public string Utterance => Source.Utterance;

    /// <summary>The hypotheses, the best first; of those with one score the one that was first before.</summary>
    public IReadOnlyList<RescoredHypothesis> Hypotheses { get; }

    /// <summary>The best hypothesis; null where there is none.</summary>
    public RescoredHypothesis? Best => Hypotheses is [var best, ..] ? best : null;

    /// <summary>The text of the best hypothesis; empty where there is none.</summary>
    public string BestText => Best?.Text ?? "";

    /// <summary>How far the best hypothesis is from the reference; null where there is no reference.</summary>
    /// <param name="unit">What is counted.</param>
    public WordErrorRate? ErrorsOfBest(ErrorUnit unit = ErrorUnit.Words) => Source.Reference is { } reference ? WordErrorRate.Of(reference, BestText, unit) : null;

    /// <summary>The list in its new order with the new scores alone, to be written.</summary>
    /// <param name="scores">What the scores are to be; costs are the new scores with their signs turned.</param>
    public NBestList ToNBestList(HypothesisScoreKind scores = HypothesisScoreKind.LogProbability) => new(
        Utterance, Hypotheses.Select(hypothesis => new Hypothesis(hypothesis.Text, scores == HypothesisScoreKind.Cost ? -hypothesis.Score : hypothesis.Score)),
        Source.Reference, Source.Conversation);

    /// <summary>The name and the best hypothesis, for people to read.</summary>
    public override string ToString() => $"{Utterance}: {BestText}";
}
