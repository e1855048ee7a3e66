using Microsoft.ML;
using Microsoft.ML.Runtime;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Logging;

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
        var tokenizer = options.Tokenizer ?? (kind == InputKind.Text ? Tokenizer.Text() : Tokenizer.Whitespace);
        var rows = new RowReader(mlContext, data, options.InputColumnName, kind);
        var adopted = kind == InputKind.Keys ? KeyVocabulary.Find(data.Schema[options.InputColumnName], options.Vocabulary) : null;

        var training = new TokenStreamBuilder(tokenizer) { SkipLinesWithoutWords = options.SkipEmptyRows };
        var heldOut = new TokenStreamBuilder(tokenizer) { SkipLinesWithoutWords = options.SkipEmptyRows };
        var firstHeldOut = validation is null && options.ValidationFraction > 0
            ? FirstHeldOut(rows.CountRows(), options.ValidationFraction)
            : long.MaxValue;
        rows.ReadTo(row => row < firstHeldOut ? training : heldOut);

        if (training.WordCount == 0)
            throw new InvalidOperationException(
                $"There is nothing to learn: no row of the column \"{options.InputColumnName}\" has a word. " +
                Invariant($"{training.LineCount + training.SkippedLines:N0} rows were read."));
        var vocabulary = adopted ?? training.BuildVocabulary(options.Vocabulary);
        var validationStream = validation is not null ? ReadValidation(mlContext, validation, tokenizer, vocabulary, options)
            : firstHeldOut < long.MaxValue ? heldOut.Build(vocabulary)
            : null;
        // Words that came as words are in whatever form they came.
        return new TrainingCorpus(tokenizer.For(vocabulary), vocabulary, training.Build(vocabulary), validationStream);
    }

    /// <summary>Says what was read and what was skipped.</summary>
    public void Describe(IChannel channel)
    {
        channel.Info(
            MessageSensitivity.None, "{0}",
            Invariant($"Read {Training.LineCount:N0} rows, {Training.Count:N0} words with the end-of-line words; ") +
            Invariant($"the vocabulary has {Vocabulary.Count:N0} words, and {Training.UnknownCount:N0} are outside it."));
        channel.Skipped(Training.SkippedLines, "training data");
        channel.Skipped(Validation?.SkippedLines ?? 0, "validation data");
    }

    private static TokenStream ReadValidation(
        MLContext mlContext, IDataView data, Tokenizer tokenizer, Vocabulary vocabulary, RecurrentNetworkOptions options)
    {
        var kind = ColumnCheck.FindInput(ColumnDescription.Of(data.Schema), options.InputColumnName, "validation data");
        var encoder = new TokenStreamEncoder(tokenizer, vocabulary) { SkipLinesWithoutWords = options.SkipEmptyRows };
        new RowReader(mlContext, data, options.InputColumnName, kind).ReadTo(_ => encoder);
        return encoder.Build();
    }

    /// <summary>Where the held-out rows begin: of two rows or more, at least one is held out and at least one is learned from.</summary>
    private static long FirstHeldOut(long rows, double fraction)
        => rows < 2 ? rows : rows - Math.Clamp((long)Math.Round(rows * fraction), 1, rows - 1);
}
