using RnnLm.Cli.Output;

namespace RnnLm.Cli.Flags;

/// <summary>The flags of what is suggested to a person who types.</summary>
static class SuggestionFlags
{
    public static void Suggestions(this FlagSet flags, SuggestionOptions options, Action<string> setBlocked)
    {
        var isContinued = false;
        flags.Value(
            "--words", "How many words a suggestion has at most, from 1 to 16.", text => Values.WholeFrom(1, text), options.MaximumWords,
            value => options.MaximumWords = value, nameof(options.MaximumWords));
        flags.Optional(
            "--continuation-confidence", "How probable a further word of a suggestion must be, from 0 to 1: 0.5 unless given.", Values.Fraction,
            value => (options.ContinuationConfidence, isContinued) = (value, true), nameof(options.ContinuationConfidence));
        flags.Optional(
            "--edits", "How many letters may be typed wrongly, from 0 to 2: 2 unless given, with a model of characters 0.", Values.Whole,
            value => options.MaximumEdits = value, nameof(options.MaximumEdits));
        flags.Optional(
            "--edit-cost", "What a letter typed wrongly costs, in nats: 5 unless given.", Values.Fraction,
            value => options.EditCost = value, nameof(options.EditCost));
        flags.Value(
            "--confidence", "The probability below which nothing is suggested, from 0 to 1.", Values.Fraction, options.Confidence,
            value => options.Confidence = value, nameof(options.Confidence));
        flags.InputFileFlag("--blocked", "A file of words that are never suggested, a word a line; those that the person has typed himself are.", setBlocked);
        flags.Check(() =>
        {
            if (isContinued && options.MaximumWords == 1) throw new UsageException("--continuation-confidence goes with --words of 2 or more: a suggestion of one word has no further one.");
        });
    }

    /// <summary>The words of a file, a word a line; blank lines are passed over.</summary>
    /// <exception cref="InvalidDataException">A line has several.</exception>
    public static IReadOnlyList<string> ReadBlocked(string path)
    {
        var words = new List<string>();
        foreach (var (index, line) in TextLines.Read(path).Index())
        {
            var word = line.Trim();
            if (word.Any(char.IsWhiteSpace))
                throw new InvalidDataException(FormattableString.Invariant($"{Printable.Quotation(path)}, line {index + 1}: {Printable.Quotation(word)} is not one word; each stands on a line of its own."));
            if (word.Length > 0) words.Add(word);
        }
        return words;
    }
}
