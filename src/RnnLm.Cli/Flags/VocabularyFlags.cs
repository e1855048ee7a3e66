namespace RnnLm.Cli.Flags;

/// <summary>The flags of a vocabulary that is cut out of the words counted.</summary>
static class VocabularyFlags
{
    public const string Size = "--vocabulary-size";
    public const string Count = "--minimum-count";

    public static void Vocabulary(this FlagSet flags, VocabularyOptions options)
    {
        flags.Optional(Size, "The greatest number of words, the two special ones included. [default: no limit]", Values.Whole,
            value => options.MaximumSize = value, nameof(options.MaximumSize));
        flags.Value(Count, "How often a word must occur to be learned.", Values.Whole, options.MinimumCount,
            value => options.MinimumCount = value, nameof(options.MinimumCount));
        flags.Check(options.Validate);
    }

    /// <summary>The flag by which a vocabulary is cut; null where it has every word.</summary>
    public static string? CutBy(VocabularyOptions options) => options.MaximumSize is not null ? Size : options.MinimumCount > 1 ? Count : null;
}
