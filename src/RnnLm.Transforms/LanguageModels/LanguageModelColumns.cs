using RnnLm.Faults;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.LanguageModels;
using RnnLm.Transforms.Steps;

namespace RnnLm;

/// <summary>The columns of a language model in a pipeline: the one it reads, and the ones it makes. A name that is null is not wanted.</summary>
public class LanguageModelColumns
{
    /// <summary>
    /// The column to read: text, a vector of words, or a vector of keys annotated with words. A row of text is one text, whatever line breaks it
    /// has: they are white space, in training as in prediction. Words that are empty are passed over; a key
    /// that is missing (0) is the unknown word, since whoever made the keys did not know it.
    /// </summary>
    /// <value>The default is <c>Text</c>.</value>
    public string InputColumnName { get; set; } = "Text";

    /// <summary>The word that most probably comes next after the row: text.</summary>
    /// <value>The default is <c>NextWord</c>.</value>
    public string? NextWordColumnName { get; set; } = "NextWord";

    /// <summary>
    /// The word that most probably comes next, as a key whose <c>KeyValues</c> are the vocabulary in the order of its ids, as those of
    /// <c>MapWordsToKeys</c> are: a predicted label.
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

    /// <summary>Every output column, in the order in which they stand in a pipeline: nothing else lists them.</summary>
    internal static IReadOnlyList<OutputColumn> Outputs { get; } =
    [
        new(
            nameof(NextWordColumnName), NextWordsMapping.Step, OutputColumn.Copy(nameof(NextWordsMapping.Output.NextWord)),
            columns => columns.NextWordColumnName, (columns, name) => columns.NextWordColumnName = name),
        new(
            nameof(NextWordKeyColumnName), NextWordsMapping.Step, OutputColumn.Key(nameof(NextWordsMapping.Output.NextWord)),
            columns => columns.NextWordKeyColumnName, (columns, name) => columns.NextWordKeyColumnName = name),
        new(
            nameof(NextWordsColumnName), NextWordsMapping.Step, OutputColumn.Join(WordParts.Prefix),
            columns => columns.NextWordsColumnName, (columns, name) => columns.NextWordsColumnName = name),
        new(
            nameof(ProbabilitiesColumnName), NextWordsMapping.Step, OutputColumn.Join(WordAndProbabilityParts.Prefix),
            columns => columns.ProbabilitiesColumnName, (columns, name) => columns.ProbabilitiesColumnName = name),
        new(
            nameof(UnknownProbabilityColumnName), NextWordsMapping.Step, OutputColumn.Copy(nameof(NextWordsMapping.Output.UnknownProbability)),
            columns => columns.UnknownProbabilityColumnName, (columns, name) => columns.UnknownProbabilityColumnName = name),
        new(
            nameof(EndOfLineProbabilityColumnName), NextWordsMapping.Step, OutputColumn.Copy(nameof(NextWordsMapping.Output.EndOfLineProbability)),
            columns => columns.EndOfLineProbabilityColumnName, (columns, name) => columns.EndOfLineProbabilityColumnName = name),
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

    /// <summary>The output columns that are wanted.</summary>
    internal IEnumerable<OutputColumn> Wanted => Outputs.Where(output => output.NameIn(this) is not null);

    /// <summary>Throws where a name or number cannot be, naming every fault at once.</summary>
    /// <exception cref="ArgumentException">There is a fault.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        AddFaults(faults);
        faults.ThrowIfAny(all => new ArgumentException(string.Join(" ", all)));
    }

    private protected virtual void AddFaults(OptionFaults faults)
    {
        if (string.IsNullOrEmpty(InputColumnName)) faults.Add($"{nameof(InputColumnName)} is empty; name the column to read.");
        faults.RequireBetween(nameof(NextWordCount), NextWordCount, 1, VectorParts.MaximumSize);
        faults.RequireDefined(nameof(Exclude), Exclude);
        var outputs = Wanted.Select(output => (output.Option, Name: output.NameIn(this)!)).ToList();
        if (outputs.Count == 0) faults.Add("No output column is wanted; name at least one, such as NextWordColumnName.");
        foreach (var (option, name) in outputs)
        {
            if (name.Length == 0) faults.Add($"{option} is empty; name a column, or null where it is not wanted.");
            if (name.StartsWith(PrivateColumns.Prefix, StringComparison.Ordinal))
                faults.Add($"{option} is \"{name}\"; names that start with \"{PrivateColumns.Prefix}\" are kept for the language model itself.");
        }
        foreach (var same in outputs.GroupBy(output => output.Name).Where(group => group.Count() > 1))
            faults.Add(
                $"{string.Join(" and ", same.Select(output => output.Option))} are all \"{same.Key}\"; every output needs a name of its own.");
    }

    /// <summary>What is read and what is made, for people to read.</summary>
    public override string ToString() => $"{InputColumnName} → {string.Join(", ", Wanted.Select(output => output.NameIn(this)))}";

    /// <summary>The columns alone, as a copy that shares nothing with this one.</summary>
    internal LanguageModelColumns CopyColumns()
    {
        var copy = new LanguageModelColumns { InputColumnName = InputColumnName, NextWordCount = NextWordCount, Exclude = Exclude };
        foreach (var output in Outputs) output.SetName(copy, output.NameIn(this));
        return copy;
    }
}
