using RnnLm.Faults;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.LanguageModels;
using RnnLm.Transforms.Steps;

namespace RnnLm;

// The score of a row as a text of its own.
public partial class LanguageModelColumns
{
    /// <summary>
    /// The log-probability of the row, its end-of-line word included, read as a text of its own: a <see cref="float"/>, in nats.
    /// </summary>
    /// <remarks>
    /// A row is scored from a fresh state, whatever rows come before it: ML.NET reads rows in parallel, shuffled, and some without others, and a row must be the same
    /// in all of these. All rows as one stream are measured by <c>mlContext.LanguageModeling.Evaluate</c>, and scored one by one by <see cref="LanguageModel.ScoreStream"/>.
    /// </remarks>
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

    /// <summary>The bits of the row by word, <c>−log2 p / word count</c>: a <see cref="float"/>.</summary>
    /// <value>The default is null.</value>
    public string? BitsPerWordColumnName { get; set; }

    /// <summary>
    /// The bits of the row by character, as <see cref="TextScore.BitsPerCharacter"/> has them: a <see cref="float"/>. It is a missing value (not a number) for a row with a
    /// key that is missing, whose word has characters that nobody knows.
    /// </summary>
    /// <value>The default is null.</value>
    public string? BitsPerCharacterColumnName { get; set; }

    /// <summary>
    /// The words that are scored as they stand in the row, the end-of-line word last: a vector of text, of as many as there are. The vectors of the columns below have one value
    /// for each.
    /// </summary>
    /// <value>The default is null.</value>
    public string? WordsColumnName { get; set; }

    /// <summary>
    /// The log-probability of each word after those before it, in nats: a vector of <see cref="float"/>. An unknown word that is left out of the score has a missing value (not a
    /// number).
    /// </summary>
    /// <value>The default is null.</value>
    public string? WordLogProbabilitiesColumnName { get; set; }

    /// <summary>The place of each word in the order of probability, 1 where it was the most probable: a vector of <see cref="float"/>. A word of several pieces, of a model of subwords, has none (not a number).</summary>
    /// <value>The default is null.</value>
    public string? WordRanksColumnName { get; set; }

    /// <summary>The entropy of the prediction before each word, in nats: a vector of <see cref="float"/>. That of a word of several pieces is the sum of those of their predictions.</summary>
    /// <value>The default is null.</value>
    public string? WordEntropiesColumnName { get; set; }

    /// <summary>What words outside the vocabulary add to the score, and whether they are counted. They are read as the unknown word in any case.</summary>
    /// <value>The default is <see cref="UnknownWordPolicy.Counted"/>.</value>
    public UnknownWordPolicy UnknownWords { get; set; } = UnknownWordPolicy.Counted;

    /// <summary>The log-probability of a word outside the vocabulary, in nats, where <see cref="UnknownWords"/> is <see cref="UnknownWordPolicy.Penalized"/>; a finite number, at most 0.</summary>
    /// <value>Null, the default, is that of <see cref="ScoringOptions.UnknownWordLogProbability"/>.</value>
    public double? UnknownWordLogProbability { get; set; }

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
        new(
            nameof(BitsPerWordColumnName), BitsPerWordMapping.Step, OutputColumn.Copy(nameof(BitsPerWordMapping.Output.BitsPerWord)),
            columns => columns.BitsPerWordColumnName, (columns, name) => columns.BitsPerWordColumnName = name)
        {
            Before = _ => [ScoreMapping.Step],
        },
        new(
            nameof(BitsPerCharacterColumnName), BitsPerCharacterMapping.Step, OutputColumn.Copy(nameof(BitsPerCharacterMapping.Output.BitsPerCharacter)),
            columns => columns.BitsPerCharacterColumnName, (columns, name) => columns.BitsPerCharacterColumnName = name)
        {
            Before = input => [ScoreMapping.Step, RowWordsStep(input)],
        },
        new(
            nameof(WordsColumnName), ScoredWordsMapping.Step, OutputColumn.Copy(nameof(ScoredWordsMapping.Output.ScoredWords)),
            columns => columns.WordsColumnName, (columns, name) => columns.WordsColumnName = name)
        {
            Before = input => [RowWordsStep(input)],
        },
        new(
            nameof(WordLogProbabilitiesColumnName), WordScoresMapping.Step, OutputColumn.Copy(nameof(WordScoresMapping.Output.WordLogProbabilities)),
            columns => columns.WordLogProbabilitiesColumnName, (columns, name) => columns.WordLogProbabilitiesColumnName = name),
        new(
            nameof(WordRanksColumnName), WordPredictionsMapping.Step, OutputColumn.Copy(nameof(WordPredictionsMapping.Output.WordRanks)),
            columns => columns.WordRanksColumnName, (columns, name) => columns.WordRanksColumnName = name),
        new(
            nameof(WordEntropiesColumnName), WordPredictionsMapping.Step, OutputColumn.Copy(nameof(WordPredictionsMapping.Output.WordEntropies)),
            columns => columns.WordEntropiesColumnName, (columns, name) => columns.WordEntropiesColumnName = name),
    ];

    private static MappingStep RowWordsStep(InputKind input) => input == InputKind.Text ? RowWordsOfTextMapping.Step : RowWordsOfWordsMapping.Step;

    private void AddScoreFaults(OptionFaults faults)
    {
        faults.RequireDefined(nameof(UnknownWords), UnknownWords);
        if (UnknownWordLogProbability is { } penalty)
        {
            faults.Require(ScoringOptions.IsPenalty(penalty), nameof(UnknownWordLogProbability), penalty, "a finite number, at most 0");
            faults.Require(
                UnknownWords == UnknownWordPolicy.Penalized, nameof(UnknownWordLogProbability), penalty, $"null where {nameof(UnknownWords)} is not {nameof(UnknownWordPolicy.Penalized)}");
        }
        RequireHeeded(
            faults, nameof(UnknownWords), UnknownWords == UnknownWordPolicy.Counted, nameof(LogProbabilityColumnName), nameof(PerplexityColumnName), nameof(WordCountColumnName),
            nameof(BitsPerWordColumnName), nameof(BitsPerCharacterColumnName), nameof(WordLogProbabilitiesColumnName));
    }

    private void CopyScoreOptions(LanguageModelColumns copy)
        => (copy.UnknownWords, copy.UnknownWordLogProbability) = (UnknownWords, UnknownWordLogProbability);
}
