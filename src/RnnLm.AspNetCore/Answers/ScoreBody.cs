using System.Text.Json.Serialization;

namespace RnnLm.AspNetCore;

/// <summary>How probable a text is, as <c>rnnlm score --json</c> has it.</summary>
internal sealed record ScoreBody(string Text, double LogProbability, int Words, int Unknown, double Perplexity)
{
    public int? Pieces { get; init; }

    public double? PiecePerplexity { get; init; }

    public IReadOnlyList<Word>? ByWord { get; init; }

    internal sealed record Word([property: JsonPropertyName("word")] string Text, double LogProbability, bool Unknown)
    {
        public bool? Counted { get; init; }

        public int? Rank { get; init; }

        public double? Entropy { get; init; }
    }
}

/// <summary>How probable several texts are.</summary>
internal sealed record ScoreListBody(IReadOnlyList<ScoreBody> Scores);
