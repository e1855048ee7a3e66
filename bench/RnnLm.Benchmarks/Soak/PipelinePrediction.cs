using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.Soak;

/// <summary>What a pipeline makes of a row: every output column there is.</summary>
sealed class PipelinePrediction
{
    public string NextWord { get; set; } = "";

    public uint NextWordKey { get; set; }

    public string[] NextWords { get; set; } = [];

    public float[] Probabilities { get; set; } = [];

    public float UnknownProbability { get; set; }

    public float EndOfLineProbability { get; set; }

    public float LogProbability { get; set; }

    public float Perplexity { get; set; }

    public int WordCount { get; set; }

    public int UnknownWordCount { get; set; }

    public static LanguageModelColumns Columns() => new()
    {
        InputColumnName = nameof(PipelineRow.Text),
        NextWordColumnName = nameof(NextWord),
        NextWordKeyColumnName = nameof(NextWordKey),
        NextWordsColumnName = nameof(NextWords),
        ProbabilitiesColumnName = nameof(Probabilities),
        UnknownProbabilityColumnName = nameof(UnknownProbability),
        EndOfLineProbabilityColumnName = nameof(EndOfLineProbability),
        LogProbabilityColumnName = nameof(LogProbability),
        PerplexityColumnName = nameof(Perplexity),
        WordCountColumnName = nameof(WordCount),
        UnknownWordCountColumnName = nameof(UnknownWordCount),
    };

    /// <summary>All of it, the same only where every bit is.</summary>
    public override string ToString() => string.Join(
        ' ', NextWord, NextWordKey, string.Join(',', NextWords), string.Join(',', Probabilities.Select(Bits.Of)), Bits.Of(UnknownProbability),
        Bits.Of(EndOfLineProbability), Bits.Of(LogProbability), Bits.Of(Perplexity), WordCount, UnknownWordCount);
}
