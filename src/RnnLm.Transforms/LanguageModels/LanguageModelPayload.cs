using System.Text.Json;
using RnnLm.Prediction;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Payloads;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>A language model and its columns.</summary>
internal sealed record LanguageModelPayload(LanguageModel Model, InputKind Input, LanguageModelColumns Columns) : IPayload<LanguageModelPayload>
{
    private const string Kind = "language model";
    private const int Version = 2;

    /// <summary>The version from which on the end-of-line word is excluded like the unknown word, where nothing else is said.</summary>
    private const int EndOfLineExcluded = 2;

    /// <summary>Whether of what is predicted the next word alone is wanted, which takes no softmax.</summary>
    public bool PredictsNextWordAlone { get; } =
        Columns is { NextWordsColumnName: null, ProbabilitiesColumnName: null, UnknownProbabilityColumnName: null, EndOfLineProbabilityColumnName: null };

    /// <summary>How many next words there are to find: those that are wanted, or as many as the vocabulary has without those that are excluded.</summary>
    public int NextWordCount { get; } = Columns is { NextWordsColumnName: null, ProbabilitiesColumnName: null }
        ? 1
        : Math.Min(Columns.NextWordCount, Columns.Exclude.CountWordsLeft(Model.Vocabulary));

    /// <summary>How many continuations there are to find.</summary>
    public int ContinuationCount { get; } = Columns is { ContinuationsColumnName: null, ContinuationScoresColumnName: null } ? 1 : Columns.ContinuationCount;

    /// <summary>The log-probability of an unknown word that has a penalty.</summary>
    public double UnknownWordLogProbability { get; } = Columns.UnknownWordLogProbability ?? new ScoringOptions().UnknownWordLogProbability;

    /// <summary>Which prediction is explained, and how.</summary>
    public ExplanationOptions Explanation { get; } = Columns.Reasons.ToOptions(Columns.Exclude);

    /// <summary>The most probable next word after what a state has read.</summary>
    public ReadOnlyMemory<char> NextWord(RecurrentState state) => Model.NextWord(state, Columns.Exclude).AsMemory();

    public string Settings => JsonSerializer.Serialize(
        new LanguageModelSettings { Kind = Kind, Version = Version, Input = Input, Columns = Columns }, LanguageModelJson.Default.LanguageModelSettings);

    public void WriteContent(Stream stream) => Model.Save(stream);

    public static LanguageModelPayload Read(string settings, Stream content)
    {
        var read = PayloadSettings.Read(settings, LanguageModelJson.Default.LanguageModelSettings, Kind, Version);
        Check(read);
        var model = LanguageModel.Load(content);
        if (read.Columns.Exclude.CountWordsLeft(model.Vocabulary) == 0) throw Fault("every word of the vocabulary is excluded.");
        Check(() => read.Columns.ValidateFor(model));
        return new LanguageModelPayload(model, read.Input, read.Columns);
    }

    /// <summary>Throws where columns are of words that a model does not know.</summary>
    /// <exception cref="ArgumentException">They are.</exception>
    public static void CheckWords(LanguageModelColumns columns, Tokenizer tokenizer, Vocabulary vocabulary)
    {
        if (columns.Generation is { } generation) LanguageModel.CheckGeneration(generation, tokenizer, vocabulary);
        if (columns.Explains && columns.Reasons.Word is { } word) LanguageModel.CheckExplained(word, tokenizer, vocabulary);
    }

    /// <summary>A file may say what no option can be, with a checksum that is right.</summary>
    private static void Check(LanguageModelSettings settings)
    {
        if (!Enum.IsDefined(settings.Input)) throw Fault($"the kind of the input is {settings.Input}.");
        if (settings.Version < EndOfLineExcluded)
        {
            settings.Columns.Exclude = SpecialWords.Unknown;
            // There were none of these.
            (settings.Columns.Suggestions, settings.Columns.Embedding, settings.Columns.Summary) = (new(), new(), new());
            (settings.Columns.Filling, settings.Columns.Suspects, settings.Columns.Reasons) = (new(), new(), new());
            (settings.Columns.Generation, settings.Columns.ContinuationCount) = (null, 1);
            (settings.Columns.UnknownWords, settings.Columns.UnknownWordLogProbability) = (UnknownWordPolicy.Counted, null);
            if (settings.Columns.NextWordCount < 1) throw Fault($"the number of next words is {settings.Columns.NextWordCount}.");
            return;
        }
        Check(settings.Columns.Validate);
        if (settings.Input == InputKind.Text) return;
        string[] ofText = [.. settings.Columns.Wanted.Where(output => output.NeedsText).Select(output => $"{output.Option} is made from text, which the input is not.")];
        if (ofText.Length > 0) throw Fault(string.Join(' ', ofText));
    }

    private static void Check(Action validate)
    {
        try
        {
            validate();
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            throw Fault(fault.Message);
        }
    }

    private static InvalidDataException Fault(string what) => new(Invariant($"The columns of the language model in this ML.NET model file cannot be: {what}"));
}
