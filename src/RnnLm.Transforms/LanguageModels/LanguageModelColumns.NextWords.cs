using RnnLm.Faults;
using RnnLm.Transforms.LanguageModels;
using RnnLm.Transforms.Steps;

namespace RnnLm;

// The words that come next.
public partial class LanguageModelColumns
{
    private const string NoKeyOfSubwords =
        "NextWordKeyColumnName is wanted of a model of subwords, whose next word is a whole word, not one of the vocabulary that keys are of; leave it null, and take NextWordColumnName.";

    /// <summary>The word that most probably comes next after the row: text.</summary>
    /// <value>The default is <c>NextWord</c>.</value>
    public string? NextWordColumnName { get; set; } = "NextWord";

    /// <summary>
    /// The word that most probably comes next, as a key whose <c>KeyValues</c> are the vocabulary in the order of its ids, as those of
    /// <c>MapWordsToKeys</c> are: a predicted label. A model of subwords has none, as its words are not those of its vocabulary.
    /// </summary>
    /// <value>The default is null.</value>
    public string? NextWordKeyColumnName { get; set; }

    /// <summary>
    /// The words that most probably come next, the most probable first: a vector of text, of the size that <see cref="NextWordCount"/> says.
    /// </summary>
    /// <value>The default is null.</value>
    public string? NextWordsColumnName { get; set; }

    /// <summary>
    /// The probabilities of the words in <see cref="NextWordsColumnName"/> among all words of the vocabulary: a vector of <see cref="float"/>, of
    /// the size that <see cref="NextWordCount"/> says.
    /// </summary>
    /// <value>The default is null.</value>
    public string? ProbabilitiesColumnName { get; set; }

    /// <summary>The probability that the next word is one outside the vocabulary: a <see cref="float"/>.</summary>
    /// <value>The default is null.</value>
    public string? UnknownProbabilityColumnName { get; set; }

    /// <summary>The probability that the line ends after the row: a <see cref="float"/>.</summary>
    /// <value>The default is null.</value>
    public string? EndOfLineProbabilityColumnName { get; set; }

    /// <summary>
    /// How many next words to give, from 1 to 65,535. A vocabulary that has fewer, without those that are excluded, gives all it has. The
    /// size of the columns is fixed when the pipeline is fitted.
    /// </summary>
    /// <value>The default is 5.</value>
    public int NextWordCount { get; set; } = 5;

    /// <summary>
    /// The words that are never predicted; <see cref="SpecialWords.Unknown"/> lets the end-of-line word be a next word. Probabilities are those
    /// of the whole distribution all the same.
    /// </summary>
    /// <value>The default is <see cref="SpecialWords.All"/>.</value>
    public SpecialWords Exclude { get; set; } = SpecialWords.All;

    private static OutputColumn[] NextWordOutputs =>
    [
        new(
            nameof(NextWordColumnName), NextWordsMapping.Step, OutputColumn.Copy(nameof(NextWordsMapping.Output.NextWord)),
            columns => columns.NextWordColumnName, (columns, name) => columns.NextWordColumnName = name),
        new(
            nameof(NextWordKeyColumnName), NextWordsMapping.Step, OutputColumn.Key(nameof(NextWordsMapping.Output.NextWord)),
            columns => columns.NextWordKeyColumnName, (columns, name) => columns.NextWordKeyColumnName = name),
        new(
            nameof(NextWordsColumnName), NextWordsMapping.Step, OutputColumn.Join(WordParts.Prefix, model => model.NextWordCount),
            columns => columns.NextWordsColumnName, (columns, name) => columns.NextWordsColumnName = name),
        new(
            nameof(ProbabilitiesColumnName), NextWordsMapping.Step, OutputColumn.Join(WordAndProbabilityParts.Prefix, model => model.NextWordCount),
            columns => columns.ProbabilitiesColumnName, (columns, name) => columns.ProbabilitiesColumnName = name),
        new(
            nameof(UnknownProbabilityColumnName), NextWordsMapping.Step, OutputColumn.Copy(nameof(NextWordsMapping.Output.UnknownProbability)),
            columns => columns.UnknownProbabilityColumnName, (columns, name) => columns.UnknownProbabilityColumnName = name),
        new(
            nameof(EndOfLineProbabilityColumnName), NextWordsMapping.Step, OutputColumn.Copy(nameof(NextWordsMapping.Output.EndOfLineProbability)),
            columns => columns.EndOfLineProbabilityColumnName, (columns, name) => columns.EndOfLineProbabilityColumnName = name),
    ];

    private void AddNextWordFaults(OptionFaults faults)
    {
        faults.RequireBetween(nameof(NextWordCount), NextWordCount, 1, VectorParts.MaximumSize);
        faults.RequireDefined(nameof(Exclude), Exclude);
    }

    private void CopyNextWordOptions(LanguageModelColumns copy) => (copy.NextWordCount, copy.Exclude) = (NextWordCount, Exclude);
}
