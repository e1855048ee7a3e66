using RnnLm.Faults;
using RnnLm.Transforms.LanguageModels;

namespace RnnLm;

// Why the word that comes next is the one that is predicted.
public partial class LanguageModelColumns
{
    /// <summary>
    /// The words of the row as the model reads them, a word outside the vocabulary as the unknown word: a vector of text of any size. They stand beside <see cref="InfluencesColumnName"/>.
    /// </summary>
    /// <value>The default is null.</value>
    public string? InfluencingWordsColumnName { get; set; }

    /// <summary>
    /// How much each word of the row raises the log-probability of the word that is explained, in nats; below 0 where it lowers it: a vector of <see cref="float"/> of the size of
    /// <see cref="InfluencingWordsColumnName"/>.
    /// </summary>
    /// <value>The default is null.</value>
    public string? InfluencesColumnName { get; set; }

    /// <summary>The word whose probability is explained: text.</summary>
    /// <value>The default is null.</value>
    public string? ExplainedWordColumnName { get; set; }

    /// <summary>
    /// Which word is explained, and how; of use where <see cref="InfluencesColumnName"/> or <see cref="ExplainedWordColumnName"/> is wanted. The most probable word is never one of
    /// <see cref="Exclude"/>.
    /// </summary>
    /// <value>The default is the most probable next word, and leaving out each word.</value>
    public ReasonColumnOptions Reasons { get; set; } = new();

    /// <summary>Whether a column is wanted that depends on <see cref="Reasons"/>.</summary>
    internal bool Explains => InfluencesColumnName is not null || ExplainedWordColumnName is not null;

    private static OutputColumn[] ReasonOutputs =>
    [
        new(
            nameof(InfluencingWordsColumnName), InfluencingWordsMapping.Step, OutputColumn.Copy(nameof(InfluencingWordsMapping.Output.InfluencingWords)),
            columns => columns.InfluencingWordsColumnName, (columns, name) => columns.InfluencingWordsColumnName = name),
        new(
            nameof(InfluencesColumnName), InfluencesMapping.Step, OutputColumn.Copy(nameof(InfluencesMapping.Output.Influences)),
            columns => columns.InfluencesColumnName, (columns, name) => columns.InfluencesColumnName = name),
        new(
            nameof(ExplainedWordColumnName), ExplainedWordMapping.Step, OutputColumn.Copy(nameof(ExplainedWordMapping.Output.ExplainedWord)),
            columns => columns.ExplainedWordColumnName, (columns, name) => columns.ExplainedWordColumnName = name),
    ];

    private void AddReasonFaults(OptionFaults faults)
    {
        if (!faults.RequireGiven(Reasons, nameof(Reasons))) return;
        Reasons.AddFaults(faults.Of(nameof(Reasons)));
        RequireHeeded(faults, nameof(Reasons), Reasons == new ReasonColumnOptions(), nameof(InfluencesColumnName), nameof(ExplainedWordColumnName));
    }

    private void CopyReasonOptions(LanguageModelColumns copy) => copy.Reasons = Reasons is null ? null! : Reasons with { };
}
