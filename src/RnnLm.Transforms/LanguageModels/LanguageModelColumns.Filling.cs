using RnnLm.Faults;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.LanguageModels;
using RnnLm.Transforms.Steps;

namespace RnnLm;

// The gap of a row, and the word of it that looks like a mistake.
public partial class LanguageModelColumns
{
    /// <summary>
    /// The row with its gap filled: text. A row without a gap is given as it is; one that has several is refused when it is read. Of words and keys it is the words as
    /// the tokenizer joins them.
    /// </summary>
    /// <value>The default is null.</value>
    public string? FilledTextColumnName { get; set; }

    /// <summary>
    /// What the gap is most probably filled with, the most probable first: a vector of text, of the size that <see cref="FillOptions.Count"/> of <see cref="Filling"/>
    /// says, or of as many as there can be. Empty texts fill it up.
    /// </summary>
    /// <value>The default is null.</value>
    public string? FilledWordsColumnName { get; set; }

    /// <summary>The shares of what is in <see cref="FilledWordsColumnName"/> among all that was tried: a vector of <see cref="float"/> of the same size.</summary>
    /// <value>The default is null.</value>
    public string? FilledProbabilitiesColumnName { get; set; }

    /// <summary>The word of the row that looks most like a mistake: text, empty where none does.</summary>
    /// <value>The default is null.</value>
    public string? SuspectWordColumnName { get; set; }

    /// <summary>Its place among the words of the row, from 0: an <see cref="int"/>, −1 where there is none.</summary>
    /// <value>The default is null.</value>
    public string? SuspectPositionColumnName { get; set; }

    /// <summary>
    /// The natural logarithm of how many times as probable the row is with the best other word in its place: a <see cref="float"/>, 0 where there is none.
    /// </summary>
    /// <value>The default is null.</value>
    public string? SuspectLogOddsColumnName { get; set; }

    /// <summary>That other word: text, empty where there is none.</summary>
    /// <value>The default is null.</value>
    public string? SuspectAlternativeColumnName { get; set; }

    /// <summary>How gaps are filled, and with what. It can be set only where one of the columns of what they are filled with is wanted.</summary>
    /// <value>The defaults of <see cref="FillColumnOptions"/>: any word of the vocabulary in the place of <c>___</c>.</value>
    public FillColumnOptions Filling { get; set; } = new();

    /// <summary>How suspects are found. It can be set only where one of their columns is wanted.</summary>
    /// <value>The defaults of <see cref="SuspectOptions"/>.</value>
    public SuspectOptions Suspects { get; set; } = new();

    private static OutputColumn[] FillingOutputs =>
    [
        new(
            nameof(FilledTextColumnName), FillMapping.Step, OutputColumn.Copy(nameof(FillMapping.Output.FilledText)),
            columns => columns.FilledTextColumnName, (columns, name) => columns.FilledTextColumnName = name),
        new(
            nameof(FilledWordsColumnName), FillMapping.Step, OutputColumn.Join(FilledParts.WordsPrefix, FilledCount),
            columns => columns.FilledWordsColumnName, (columns, name) => columns.FilledWordsColumnName = name),
        new(
            nameof(FilledProbabilitiesColumnName), FillMapping.Step, OutputColumn.Join(FilledParts.ProbabilitiesPrefix, FilledCount),
            columns => columns.FilledProbabilitiesColumnName, (columns, name) => columns.FilledProbabilitiesColumnName = name),
        new(
            nameof(SuspectWordColumnName), SuspectMapping.Step, OutputColumn.Copy(nameof(SuspectMapping.Output.SuspectWord)),
            columns => columns.SuspectWordColumnName, (columns, name) => columns.SuspectWordColumnName = name),
        new(
            nameof(SuspectPositionColumnName), SuspectMapping.Step, OutputColumn.Copy(nameof(SuspectMapping.Output.SuspectPosition)),
            columns => columns.SuspectPositionColumnName, (columns, name) => columns.SuspectPositionColumnName = name),
        new(
            nameof(SuspectLogOddsColumnName), SuspectMapping.Step, OutputColumn.Copy(nameof(SuspectMapping.Output.SuspectLogOdds)),
            columns => columns.SuspectLogOddsColumnName, (columns, name) => columns.SuspectLogOddsColumnName = name),
        new(
            nameof(SuspectAlternativeColumnName), SuspectMapping.Step, OutputColumn.Copy(nameof(SuspectMapping.Output.SuspectAlternative)),
            columns => columns.SuspectAlternativeColumnName, (columns, name) => columns.SuspectAlternativeColumnName = name),
    ];

    /// <summary>The column of what may stand in the gap of each row; null where there is none, or where no gap is filled.</summary>
    internal string? CandidatesColumn => FillsGaps ? Filling.CandidatesColumnName : null;

    private bool FillsGaps => (FilledTextColumnName ?? FilledWordsColumnName ?? FilledProbabilitiesColumnName) is not null;

    private bool FindsSuspects => (SuspectWordColumnName ?? SuspectPositionColumnName ?? SuspectLogOddsColumnName ?? SuspectAlternativeColumnName) is not null;

    /// <summary>Checks that the column of candidates, where there is one, is there and holds text.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is missing or of another type.</exception>
    internal void CheckCandidates(IReadOnlyList<ColumnDescription> columns)
    {
        if (CandidatesColumn is { } name) ColumnCheck.Require(columns, name, InputKind.Words);
    }

    private static int FilledCount(OutputContext model) => model.Columns.Filling.CountOf(model.Vocabulary.Count);

    private void AddFillingFaults(OptionFaults faults)
    {
        if (faults.RequireGiven(Filling, nameof(Filling)))
        {
            Filling.AddColumnFaults(faults.Of(nameof(Filling)));
            RequireHeeded(
                faults, nameof(Filling), Filling == new FillColumnOptions(), nameof(FilledTextColumnName), nameof(FilledWordsColumnName), nameof(FilledProbabilitiesColumnName));
        }
        if (faults.RequireGiven(Suspects, nameof(Suspects)))
        {
            Suspects.AddFaults(faults.Of(nameof(Suspects)));
            RequireHeeded(
                faults, nameof(Suspects), Suspects == new SuspectOptions(), nameof(SuspectWordColumnName), nameof(SuspectPositionColumnName), nameof(SuspectLogOddsColumnName),
                nameof(SuspectAlternativeColumnName));
        }
    }

    private void AddFillingFaults(OptionFaults faults, IReadOnlyList<string> vocabulary)
    {
        if (FillsGaps && vocabulary.Count == 2 && Filling is { Candidates: null, CandidatesColumnName: null })
            faults.Add("The vocabulary of the model has no word to fill a gap with: it has special words alone. Give candidates.");
    }

    /// <summary>What is wrong with suspects of a model of subwords; null where nothing is.</summary>
    internal string? FindSuspectFault(Tokenizer tokenizer) => FindsSuspects ? Suspects?.FindFault(tokenizer) : null;

    private void CopyFillingOptions(LanguageModelColumns copy) => (copy.Filling, copy.Suspects) = (Filling?.Copy()!, Suspects is null ? null! : Suspects with { });
}
