namespace RnnLm;

/// <summary>A corpus as word ids: all lines in one stream, an end-of-line word after each.</summary>
public sealed class TokenStream
{
    internal TokenStream(int[] ids, int lineCount, long unknownCount, int skippedLines)
        : this(ids.AsMemory(), lineCount, unknownCount, skippedLines)
    {
    }

    internal TokenStream(ReadOnlyMemory<int> ids, int lineCount, long unknownCount, int skippedLines)
    {
        Ids = ids;
        LineCount = lineCount;
        UnknownCount = unknownCount;
        SkippedLines = skippedLines;
    }

    /// <summary>The ids of all words; every line ends in <see cref="Vocabulary.EndOfLineId"/>.</summary>
    public ReadOnlyMemory<int> Ids { get; }

    /// <summary>The number of words, end-of-line words included: the <c>N</c> of a perplexity.</summary>
    public int Count => Ids.Length;

    /// <summary>The number of lines.</summary>
    public int LineCount { get; }

    /// <summary>How many of the words are the unknown word.</summary>
    public long UnknownCount { get; }

    /// <summary>How many lines were left out since they were null or, where asked for, without a word.</summary>
    public int SkippedLines { get; }

    /// <summary>Reads text whose vocabulary is known beforehand, such as a validation or test set.</summary>
    /// <param name="tokenizer">What splits lines into words.</param>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <param name="lines">The lines, treated as by <see cref="LineEncoder.Add(string?)"/>.</param>
    /// <param name="skipLinesWithoutWords">Whether lines without a word are left out, instead of giving just an end-of-line word.</param>
    /// <param name="cancellationToken">Ends it early, between two words.</param>
    /// <returns>The stream; it is empty where there is no line.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidOperationException">There are more words than a stream holds, about two thousand million.</exception>
    public static TokenStream Encode(Tokenizer tokenizer, Vocabulary vocabulary, IEnumerable<string?> lines, bool skipLinesWithoutWords = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var encoder = new TokenStreamEncoder(tokenizer, vocabulary) { SkipLinesWithoutWords = skipLinesWithoutWords, CancellationToken = cancellationToken };
        foreach (var line in lines) encoder.Add(line);
        return encoder.Build();
    }
}
