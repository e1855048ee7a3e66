using RnnLm.Transforms.LanguageModels;

namespace RnnLm;

// The score of a row as a text of its own.
public partial class LanguageModelColumns
{
    /// <summary>
    /// The log-probability of the row, its end-of-line word included, read as a text of its own: a <see cref="float"/>, in nats.
    /// </summary>
    /// <value>The default is null.</value>
    public string? LogProbabilityColumnName { get; set; }

    /// <summary>The perplexity of the row: <c>exp(−log-probability / word count)</c>, a <see cref="float"/>.</summary>
    /// <value>The default is null.</value>
    public string? PerplexityColumnName { get; set; }

    /// <summary>How many words the log-probability is of, the end-of-line word included: an <see cref="int"/>.</summary>
    /// <value>The default is null.</value>
    public string? WordCountColumnName { get; set; }

    /// <summary>How many of the row's words are outside the vocabulary: an <see cref="int"/>.</summary>
    /// <value>The default is null.</value>
    public string? UnknownWordCountColumnName { get; set; }

    private static OutputColumn[] ScoreOutputs =>
    [
        new(
            nameof(LogProbabilityColumnName), ScoreMapping.Step, OutputColumn.Copy(nameof(ScoreMapping.Output.LogProbability)),
            columns => columns.LogProbabilityColumnName, (columns, name) => columns.LogProbabilityColumnName = name),
        new(
            nameof(PerplexityColumnName), ScoreMapping.Step, OutputColumn.Copy(nameof(ScoreMapping.Output.Perplexity)),
            columns => columns.PerplexityColumnName, (columns, name) => columns.PerplexityColumnName = name),
        new(
            nameof(WordCountColumnName), CountMapping.Step, OutputColumn.Copy(nameof(CountMapping.Output.CountedWords)),
            columns => columns.WordCountColumnName, (columns, name) => columns.WordCountColumnName = name),
        new(
            nameof(UnknownWordCountColumnName), CountMapping.Step, OutputColumn.Copy(nameof(CountMapping.Output.CountedUnknownWords)),
            columns => columns.UnknownWordCountColumnName, (columns, name) => columns.UnknownWordCountColumnName = name),
    ];
}
