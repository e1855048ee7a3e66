using RnnLm.Faults;
using RnnLm.Transforms.LanguageModels;
using RnnLm.Transforms.Steps;

namespace RnnLm;

// What is suggested to a person who is typing the row.
public partial class LanguageModelColumns
{
    /// <summary>
    /// What is suggested to a person who has typed the row so far, the most probable first: a vector of text, of the size that
    /// <see cref="SuggestionOptions.Count"/> of <see cref="Suggestions"/> says, with empty texts
    /// where there are fewer. Each is what to put in place of the letters typed so far of the last word, or behind the row. It is made from the text as it
    /// is, so the input column must be text.
    /// </summary>
    /// <value>The default is null.</value>
    public string? SuggestionsColumnName { get; set; }

    /// <summary>
    /// The probabilities of the suggestions in <see cref="SuggestionsColumnName"/>, given the letters typed: a vector of <see cref="float"/> of the same
    /// size. The input column must be text.
    /// </summary>
    /// <value>The default is null.</value>
    public string? SuggestionProbabilitiesColumnName { get; set; }

    /// <summary>What is suggested. The size of the columns is fixed when the pipeline is fitted.</summary>
    public SuggestionOptions Suggestions { get; set; } = new();

    private static OutputColumn[] SuggestionOutputs =>
    [
        new(
            nameof(SuggestionsColumnName), SuggestionsMapping.Step, OutputColumn.Join(SuggestionParts.Prefix, model => model.Columns.Suggestions.Count),
            columns => columns.SuggestionsColumnName, (columns, name) => columns.SuggestionsColumnName = name)
        {
            NeedsText = true,
        },
        new(
            nameof(SuggestionProbabilitiesColumnName), SuggestionsMapping.Step, OutputColumn.Join(SuggestionParts.ProbabilityPrefix, model => model.Columns.Suggestions.Count),
            columns => columns.SuggestionProbabilitiesColumnName, (columns, name) => columns.SuggestionProbabilitiesColumnName = name)
        {
            NeedsText = true,
        },
    ];

    private void AddSuggestionFaults(OptionFaults faults)
    {
        if (!faults.RequireGiven(Suggestions, nameof(Suggestions))) return;
        Suggestions.AddFaults(faults.Of(nameof(Suggestions)));
        RequireHeeded(faults, nameof(Suggestions), Suggestions.IsUsual, nameof(SuggestionsColumnName), nameof(SuggestionProbabilitiesColumnName));
    }

    /// <summary>What is wrong with suggestions of a model that has a tokenizer; null where nothing is.</summary>
    internal string? FindSuggestionFault(Tokenizer tokenizer) => (SuggestionsColumnName ?? SuggestionProbabilitiesColumnName) is not null ? Suggestions?.FindFault(tokenizer) : null;

    private void CopySuggestionOptions(LanguageModelColumns copy) => copy.Suggestions = Suggestions?.Copy()!;
}
