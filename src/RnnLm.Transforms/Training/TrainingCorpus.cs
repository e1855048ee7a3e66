using Microsoft.ML;
using Microsoft.ML.Runtime;
using RnnLm.Text;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Logging;
using RnnLm.Wording;

namespace RnnLm.Transforms.Training;

/// <summary>What is learned from, and by which epochs are compared.</summary>
/// <param name="Tokenizer">What split the text.</param>
/// <param name="Vocabulary">The words.</param>
/// <param name="Training">The text to learn.</param>
/// <param name="Validation">The text to compare epochs by; null where there is none.</param>
internal sealed record TrainingCorpus(Tokenizer Tokenizer, Vocabulary Vocabulary, TokenStream Training, TokenStream? Validation)
{
    /// <summary>Reads the data; each row is read once and tokenized once.</summary>
    /// <exception cref="InvalidOperationException">There is no word to learn.</exception>
    public static TrainingCorpus Read(MLContext mlContext, IDataView data, IDataView? validation, RecurrentNetworkOptions options)
    {
        var kind = ColumnCheck.FindInput(ColumnDescription.Of(data.Schema), options.InputColumnName);
        var initial = options.InitialModel;
        if (options.Subwords is not null && kind == InputKind.Keys)
            throw new ArgumentException($"Subwords are to be learned of the column \"{options.InputColumnName}\", which has keys, and so a vocabulary. Give text or words.");
        var rows = new RowReader(mlContext, data, options.InputColumnName, kind, options.SpecialWords[Vocabulary.UnknownId], "training data");
        var adopted = kind == InputKind.Keys ? KeyVocabulary.Find(data.Schema[options.InputColumnName], options.SpecialWords) : null;
        if (initial is not null && adopted is not null) KeyVocabulary.RequireBeginning(adopted, initial.Vocabulary, options.InputColumnName);

        var given = initial?.Tokenizer ?? options.Tokenizer ?? (kind == InputKind.Text ? Tokenizer.Text() : Tokenizer.Whitespace);
        var (skips, cancellation) = (options.SkipEmptyRows, options.Training.CancellationToken);
        var text = options.Subwords is { } subwords
            ? new TokenStreamBuilder(subwords) { SkipLinesWithoutWords = skips, CancellationToken = cancellation }
            : new TokenStreamBuilder(given) { SkipLinesWithoutWords = skips, CancellationToken = cancellation };
        // How many rows there are is known when they have been read, and they may not be the same when read again: so where each begins is kept.
        var holdsOut = validation is null && options.ValidationFraction > 0;
        var beginnings = new List<TextPosition>();
        rows.ReadTo(text, holdsOut ? () => beginnings.Add(text.Position) : null);
        var end = holdsOut ? FirstHeldOut(beginnings, text.Position, options.ValidationFraction) : text.Position;
        if (holdsOut) text.HoldOut(end);

        if (text.WordCount == 0)
            throw new InvalidOperationException(
                $"There is nothing to learn: no row of the column \"{options.InputColumnName}\" has a word. " +
                $"{CountText.Of(end.Lines + end.SkippedLines, "row was", "rows were")} read.");
        var tokenizer = options.Subwords is null ? given : text.LearnSubwords();
        var vocabulary = initial is not null && !options.ExtendVocabulary ? initial.Vocabulary
            : adopted ?? (initial is null ? text.BuildVocabulary(options.Vocabulary) : text.ExtendVocabulary(initial.Vocabulary, options.Vocabulary));
        var validationStream = validation is not null ? ReadValidation(mlContext, validation, tokenizer, vocabulary, options)
            : holdsOut ? text.Build(vocabulary, end, text.Position)
            : null;
        // Words that came as words are in whatever form they came.
        return new TrainingCorpus(tokenizer.For(vocabulary), vocabulary, text.Build(vocabulary, default, end), validationStream);
    }

    /// <summary>Says what was read and what was skipped.</summary>
    public void Describe(IChannel channel)
    {
        channel.Info(
            MessageSensitivity.None, "{0}",
            $"Read {CountText.Of(Training.LineCount, "row")}, {CountText.Of(Training.Count, "word")} with the end-of-line words; " +
            Invariant($"the vocabulary has {Vocabulary.Count:N0} words, and {CountText.Of(Training.UnknownCount, "is", "are")} outside it."));
        channel.Skipped(Training.SkippedLines, "training data");
        channel.Skipped(Validation?.SkippedLines ?? 0, "validation data");
    }

    private static TokenStream ReadValidation(
        MLContext mlContext, IDataView data, Tokenizer tokenizer, Vocabulary vocabulary, RecurrentNetworkOptions options)
    {
        var kind = ColumnCheck.FindInput(ColumnDescription.Of(data.Schema), options.InputColumnName, "validation data");
        var encoder = new TokenStreamEncoder(tokenizer, vocabulary)
        {
            SkipLinesWithoutWords = options.SkipEmptyRows,
            CancellationToken = options.Training.CancellationToken,
        };
        new RowReader(mlContext, data, options.InputColumnName, kind, vocabulary.UnknownWord, "validation data").ReadTo(encoder);
        return encoder.Build();
    }

    /// <summary>Where the held-out rows begin: of two rows or more, at least one is held out and at least one is learned from.</summary>
    private static TextPosition FirstHeldOut(List<TextPosition> beginnings, TextPosition end, double fraction)
    {
        var rows = beginnings.Count;
        return rows < 2 ? end : beginnings[rows - Math.Clamp((int)Math.Round(rows * fraction), 1, rows - 1)];
    }
}
