namespace RnnLm.Text;

/// <summary>Writes a corpus, line by line, in the ids of a vocabulary that is known beforehand.</summary>
public sealed class TokenStreamEncoder
{
    private readonly Vocabulary vocabulary;
    private readonly LineCollector lines;

    /// <summary>Makes an encoder that has read nothing.</summary>
    /// <param name="tokenizer">What splits lines into words.</param>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public TokenStreamEncoder(Tokenizer tokenizer, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(vocabulary);
        this.vocabulary = vocabulary;
        lines = new LineCollector(tokenizer, Vocabulary.EndOfLineId, vocabulary.IdOf);
    }

    /// <summary>Whether lines without a word are left out. Otherwise they are lines like any other and give just an end-of-line word.</summary>
    /// <value>The default is false.</value>
    public bool SkipLinesWithoutWords
    {
        get => lines.SkipLinesWithoutWords;
        init => lines.SkipLinesWithoutWords = value;
    }

    /// <summary>The number of lines read.</summary>
    public int LineCount => lines.LineCount;

    /// <summary>How many lines were left out since they were null or, where asked for, without a word.</summary>
    public int SkippedLines => lines.SkippedLines;

    /// <summary>
    /// Adds a line. A text of several lines is added as that many: <c>\n</c> and <c>\r\n</c> end a line, so one at the very end begins
    /// no further line.
    /// </summary>
    /// <param name="line">The line; null is left out and counted.</param>
    public void Add(string? line)
    {
        if (line is null) lines.SkipLine();
        else lines.AddText(line);
    }

    /// <summary>Adds a line, or several, as <see cref="Add(string?)"/> does.</summary>
    /// <param name="line">The line.</param>
    public void Add(ReadOnlySpan<char> line) => lines.AddText(line);

    /// <summary>Adds a line that has been split into words already; the tokenizer has no part in it.</summary>
    /// <param name="words">The words of the line; null is left out and counted. Words that are null or empty are passed over.</param>
    public void AddWords(IEnumerable<string?>? words)
    {
        if (words is null) lines.SkipLine();
        else lines.AddWords(words);
    }

    /// <summary>Adds a line that has been split into words already, as <see cref="AddWords(IEnumerable{string?}?)"/> does.</summary>
    /// <param name="words">The words of the line. Empty words are passed over.</param>
    /// <exception cref="ArgumentNullException"><paramref name="words"/> is null.</exception>
    public void AddWords(IEnumerable<ReadOnlyMemory<char>> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        lines.AddWords(words);
    }

    /// <summary>Adds a line whose words are ids of the vocabulary already. The end-of-line id is not among them; it is added.</summary>
    /// <param name="ids">The ids, each from 0 to below the number of words in the vocabulary.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is outside the vocabulary; nothing of the line has been added.</exception>
    public void AddIds(ReadOnlySpan<int> ids)
    {
        foreach (var id in ids)
        {
            if ((uint)id >= (uint)vocabulary.Count)
                throw new ArgumentOutOfRangeException(nameof(ids), id, $"An id must be from 0 to {vocabulary.Count - 1}, as the vocabulary has {vocabulary.Count} words.");
        }
        lines.AddIds(ids);
    }

    /// <summary>The stream of what was read so far.</summary>
    /// <returns>The stream; it is empty where no line was read.</returns>
    /// <exception cref="InvalidOperationException">There are more words than a stream holds, about two thousand million.</exception>
    public TokenStream Build()
    {
        var ids = lines.Ids.ToArray();
        return new TokenStream(ids, lines.LineCount, ids.AsSpan().Count(Vocabulary.UnknownId), lines.SkippedLines);
    }
}
