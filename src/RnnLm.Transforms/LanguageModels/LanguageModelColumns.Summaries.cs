using RnnLm.Faults;
using RnnLm.Transforms.LanguageModels;

namespace RnnLm;

// A summary of the row.
public partial class LanguageModelColumns
{
    /// <summary>
    /// A summary of the row by some of its sentences, as <see cref="LanguageModel.Summarize"/> makes it: text. The column that is read must be text, since words alone do not tell
    /// where sentences end.
    /// </summary>
    /// <value>The default is null.</value>
    public string? SummaryColumnName { get; set; }

    /// <summary>How the row is summarized; of use where <see cref="SummaryColumnName"/> is wanted.</summary>
    /// <value>The default is three sentences in the order of the row.</value>
    public SummaryOptions Summary { get; set; } = new();

    private static OutputColumn[] SummaryOutputs =>
    [
        new(
            nameof(SummaryColumnName), SummaryMapping.Step, OutputColumn.Copy(nameof(SummaryMapping.Output.Summary)),
            columns => columns.SummaryColumnName, (columns, name) => columns.SummaryColumnName = name)
        {
            NeedsText = true,
        },
    ];

    private void AddSummaryFaults(OptionFaults faults)
    {
        if (!faults.RequireGiven(Summary, nameof(Summary))) return;
        Summary.AddFaults(faults.Of(nameof(Summary)));
        RequireHeeded(faults, nameof(Summary), Summary == new SummaryOptions(), nameof(SummaryColumnName));
    }

    private void CopySummaryOptions(LanguageModelColumns copy) => copy.Summary = Summary is null ? null! : Summary with { };
}
