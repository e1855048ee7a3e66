using System.Text.Json.Serialization;

namespace RnnLm;

/// <summary>What the own scores of hypotheses are.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HypothesisScoreKind>))]
public enum HypothesisScoreKind
{
    /// <summary>Log-probabilities: the greater the better.</summary>
    LogProbability,

    /// <summary>Costs, as those of Kaldi: the less the better.</summary>
    Cost,
}
