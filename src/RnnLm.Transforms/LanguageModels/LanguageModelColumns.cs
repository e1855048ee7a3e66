using RnnLm.Faults;
using RnnLm.Text;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.LanguageModels;

namespace RnnLm;

/// <summary>The columns of a language model in a pipeline: the one it reads, and the ones it makes. A name that is null is not wanted.</summary>
public partial class LanguageModelColumns
{
    /// <summary>
    /// The column to read: text, a vector of words, or a vector of keys annotated with words. A row of text is one text, whatever line breaks it
    /// has: they are white space, in training as in prediction. Words that are empty are passed over; a key
    /// that is missing (0) is the unknown word, since whoever made the keys did not know it.
    /// </summary>
    /// <value>The default is <c>Text</c>.</value>
    public string InputColumnName { get; set; } = "Text";

    /// <summary>Every output column, in the order in which they stand in a pipeline: nothing else lists them.</summary>
    internal static IReadOnlyList<OutputColumn> Outputs { get; } =
    [
        .. ContinuationOutputs, .. EmbeddingOutputs, .. FillingOutputs, .. NextWordOutputs, .. ReasonOutputs, .. ScoreOutputs, .. SuggestionOutputs,
        .. SummaryOutputs,
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

    /// <summary>Throws where a model cannot give the columns, naming every fault at once.</summary>
    /// <exception cref="ArgumentException">There is a fault.</exception>
    internal void ValidateFor(LanguageModel model)
    {
        var faults = new OptionFaults();
        AddModelFaults(faults, model.Tokenizer);
        AddFillingFaults(faults, model.Vocabulary);
        AddEmbeddingFaults(faults, model);
        faults.ThrowIfAny(all => new ArgumentException(string.Join(" ", all)));
        if (Explains) model.CheckExplanation(Reasons.ToOptions(Exclude));
        LanguageModelPayload.CheckWords(this, model.Tokenizer, model.Vocabulary);
    }

    /// <summary>Adds what a model that has a tokenizer cannot do.</summary>
    private protected void AddModelFaults(OptionFaults faults, Tokenizer tokenizer)
    {
        // What subwords are to be learned of splits spaced words.
        if (NextWordKeyColumnName is not null && tokenizer is (SubwordTokenizer or SpacedWordTokenizer)) faults.Add(NoKeyOfSubwords);
        if (FindSuggestionFault(tokenizer) is { } suggestionFault) faults.Add(suggestionFault);
        if (FindSuspectFault(tokenizer) is { } suspectFault) faults.Add(suspectFault);
    }

    private protected virtual void AddFaults(OptionFaults faults)
    {
        if (string.IsNullOrEmpty(InputColumnName)) faults.Add($"{nameof(InputColumnName)} is empty; name the column to read.");
        AddContinuationFaults(faults);
        AddNextWordFaults(faults);
        AddEmbeddingFaults(faults);
        AddFillingFaults(faults);
        AddScoreFaults(faults);
        AddSuggestionFaults(faults);
        AddReasonFaults(faults);
        AddSummaryFaults(faults);
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

    /// <summary>Adds that options have no effect where none of the columns is wanted that heed them.</summary>
    /// <param name="faults">Receives the fault.</param>
    /// <param name="option">The option.</param>
    /// <param name="isUsual">Whether it is as it is where nobody sets it.</param>
    /// <param name="heeding">The options that name them.</param>
    private void RequireHeeded(OptionFaults faults, string option, bool isUsual, params string[] heeding)
    {
        if (!isUsual && !Wanted.Any(output => heeding.Contains(output.Option)))
            faults.Add($"{option} has no effect without {string.Join(" or ", heeding)}; name such a column, or leave it as it is.");
    }

    /// <summary>What is read and what is made, for people to read.</summary>
    public override string ToString() => $"{InputColumnName} → {string.Join(", ", Wanted.Select(output => output.NameIn(this)))}";

    /// <summary>The columns alone, as a copy that shares nothing with this one.</summary>
    internal LanguageModelColumns CopyColumns()
    {
        var copy = new LanguageModelColumns { InputColumnName = InputColumnName };
        CopyOptions(copy);
        foreach (var output in Outputs) output.SetName(copy, output.NameIn(this));
        return copy;
    }

    /// <summary>Copies every option but names to another object, which then shares nothing with this one. What is null is for <see cref="Validate"/> to tell of.</summary>
    private protected void CopyOptions(LanguageModelColumns copy)
    {
        CopyContinuationOptions(copy);
        CopyNextWordOptions(copy);
        CopyEmbeddingOptions(copy);
        CopyFillingOptions(copy);
        CopyScoreOptions(copy);
        CopySuggestionOptions(copy);
        CopyReasonOptions(copy);
        CopySummaryOptions(copy);
    }
}
