namespace RnnLm.Cli.Flags;

/// <summary>What text is split by, as flags say: a tokenizer that there is, or subwords that are yet to be learned.</summary>
/// <param name="create">Makes the tokenizer; null where subwords are learned.</param>
sealed class TokenizerChoice(Func<Tokenizer>? create)
{
    /// <summary>The tokenizer that is taken where no flag is given.</summary>
    public static readonly TokenizerChoice Usual = new(() => Tokenizer.Text());

    /// <summary>That subwords are learned of the text.</summary>
    public static readonly TokenizerChoice Learned = new(null);

    /// <summary>Whether subwords are learned of the text.</summary>
    public bool IsLearned => create is null;

    /// <summary>The tokenizer that there is.</summary>
    public Tokenizer Create() => create!();

    /// <summary>Throws where this is another tokenizer than one that there is.</summary>
    /// <param name="tokenizer">The one that there is.</param>
    /// <param name="whose">Whose it is, in a sentence.</param>
    /// <param name="what">What that is.</param>
    /// <exception cref="UsageException">It is.</exception>
    public void CheckIs(Tokenizer tokenizer, string whose, string what = "model")
    {
        if (IsLearned) throw new UsageException($"The tokenizer is to be learned; {whose} is {tokenizer.Describe()}. Leave --tokenizer out: the {what}'s is taken.");
        if (Create() is var given && !given.IsSameAs(tokenizer))
            throw new UsageException($"The tokenizer is {given.Describe()}; {whose} is {tokenizer.Describe()}. Leave --tokenizer out: the {what}'s is taken.");
    }

    /// <summary>Makes what reads a text.</summary>
    /// <param name="vocabulary">The flags of the vocabulary; its size is that of the subwords.</param>
    /// <param name="cancellation">Ends it early.</param>
    public TokenStreamBuilder Begin(VocabularyOptions vocabulary, CancellationToken cancellation) => IsLearned
        ? new TokenStreamBuilder(SubwordsOf(vocabulary)) { CancellationToken = cancellation }
        : new TokenStreamBuilder(Create()) { CancellationToken = cancellation };

    /// <summary>The tokenizer, when a text has been read.</summary>
    /// <param name="text">What has read it, as <see cref="Begin"/> made it.</param>
    public Tokenizer TokenizerOf(TokenStreamBuilder text) => IsLearned ? text.LearnSubwords() : Create();

    /// <summary>Reads a text that a vocabulary is made of.</summary>
    /// <param name="lines">The text.</param>
    /// <param name="vocabulary">The flags of the vocabulary; its size is that of the subwords.</param>
    /// <param name="cancellation">Ends it early.</param>
    public (Tokenizer Tokenizer, Vocabulary Words, TokenStream Stream) Read(IEnumerable<string> lines, VocabularyOptions vocabulary, CancellationToken cancellation)
    {
        var text = Begin(vocabulary, cancellation);
        foreach (var line in lines) text.Add(line);
        var tokenizer = TokenizerOf(text); // of subwords it makes the words of the text
        var words = text.BuildVocabulary(vocabulary);
        return (tokenizer, words, text.Build(words));
    }

    /// <summary>Throws where the flags of the vocabulary do not go with subwords.</summary>
    /// <exception cref="UsageException">They do not.</exception>
    public void Check(VocabularyOptions vocabulary)
    {
        if (!IsLearned) return;
        if (vocabulary.MinimumCount > 1)
            throw new UsageException($"{VocabularyFlags.Count} does not go with --tokenizer subwords, whose vocabulary has every piece, so that no word is unknown; {VocabularyFlags.Size} says how many.");
        if (vocabulary.MaximumSize < SubwordOptions.SmallestVocabulary)
        {
            throw new UsageException(FormattableString.Invariant(
                $"{VocabularyFlags.Size} is {vocabulary.MaximumSize:N0}; with --tokenizer subwords it must be at least {SubwordOptions.SmallestVocabulary}, the special words and the pieces of one byte."));
        }
    }

    /// <summary>How subwords are learned, as the flags of the vocabulary say.</summary>
    private static SubwordOptions SubwordsOf(VocabularyOptions vocabulary)
    {
        var options = new SubwordOptions();
        options.VocabularySize = vocabulary.MaximumSize ?? options.VocabularySize;
        return options;
    }
}
