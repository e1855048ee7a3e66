using System.Text.Json.Serialization;

namespace RnnLm.Cli.Answers;

/// <summary>The score of a word: with a rank and an entropy where they were asked for.</summary>
sealed record ScoredWord(string Word, double LogProbability, bool Unknown)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Counted { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Rank { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Entropy { get; init; }
}
