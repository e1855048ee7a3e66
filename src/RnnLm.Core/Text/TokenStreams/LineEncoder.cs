using RnnLm.Text;

namespace RnnLm;

/// <summary>Takes the lines of a corpus, one after the other, and turns them into word ids with an end-of-line id after each.</summary>
public abstract class LineEncoder
{
    private readonly Tokenizer tokenizer;
    private readonly int endOfLineId;
    private readonly TokenHandler addWord;

    private protected LineEncoder(Tokenizer tokenizer, int endOfLineId)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        this.tokenizer = tokenizer;
        this.endOfLineId = endOfLineId;
        addWord = word =>
        {
            CancellationToken.ThrowIfCancellationRequested();
            Ids.Add(Identify(word));
        };
    }

    /// <summary>Whether lines without a word are left out. Otherwise they are lines like any other and give just an end-of-line word.</summary>
    /// <value>The default is false.</value>
    public bool SkipLinesWithoutWords { get; init; }

    /// <summary>
    /// Ends reading, within a line too, with <see cref="OperationCanceledException"/>. What was read of the line stays; the encoder is of no
    /// use from then on.
    /// </summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>The number of lines read.</summary>
    public int LineCount { get; private set; }

    /// <summary>How many lines were left out since they were null or, where asked for, without a word.</summary>
    public int SkippedLines { get; private set; }

    /// <summary>How far it has read.</summary>
    internal TextPosition Position => new(Ids.Count, LineCount, SkippedLines);

    private protected IdList Ids { get; } = new();

    /// <summary>
    /// Adds a line. A text of several lines is added as that many: lines end as they do for <see cref="TextLines"/>, so a line end at the very end
    /// begins no further line.
    /// </summary>
    /// <param name="line">The line; null is left out and counted.</param>
    public void Add(string? line)
    {
        if (line is null) Skip();
        else Add(line.AsSpan());
    }

    /// <summary>Adds a line, or several, as <see cref="Add(string?)"/> does.</summary>
    /// <param name="line">The line.</param>
    public void Add(ReadOnlySpan<char> line)
    {
        do
        {
            var length = line.IndexOfAny('\n', '\r');
            AddText(length < 0 ? line : line[..length]);
            line = length < 0 ? [] : line[(length + (line[length..].StartsWith("\r\n") ? 2 : 1))..];
        }
        while (!line.IsEmpty);
    }

    /// <summary>Adds a text as one line, whatever line breaks it has: the tokenizer meets them as white space.</summary>
    internal void AddText(ReadOnlySpan<char> text)
    {
        var before = Ids.Count;
        tokenizer.Tokenize(tokenizer.LineOf(text), addWord);
        EndLine(before);
    }

    /// <summary>
    /// Adds a line that has been split into words already; the tokenizer has no part in it, but for one of subwords, which splits words that are whole
    /// into pieces.
    /// </summary>
    /// <param name="words">The words of the line; null is left out and counted. Words that are null or empty are passed over.</param>
    public void AddWords(IEnumerable<string?>? words)
    {
        if (words is null) Skip();
        else AddWords(words.Select(word => word.AsMemory()));
    }

    /// <summary>Adds a line that has been split into words already, as <see cref="AddWords(IEnumerable{string?}?)"/> does.</summary>
    /// <param name="words">The words of the line. Empty words are passed over.</param>
    /// <exception cref="ArgumentNullException"><paramref name="words"/> is null.</exception>
    public void AddWords(IEnumerable<ReadOnlyMemory<char>> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var before = Ids.Count;
        if (tokenizer.SplitsWords)
        {
            foreach (var word in tokenizer.WordsOf(words.Select(word => word.ToString()))) AddWord(word);
        }
        else
        {
            foreach (var word in words) AddWord(word.Span);
        }
        EndLine(before);
    }

    private protected abstract int Identify(ReadOnlySpan<char> word);

    private protected void AddIdentified(ReadOnlySpan<int> ids)
    {
        var before = Ids.Count;
        foreach (var id in ids) Ids.Add(id);
        EndLine(before);
    }

    /// <summary>Adds a word that no tokenizer has seen: it may be empty or hold half a surrogate pair, which a tokenizer would have mended.</summary>
    private void AddWord(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty) return;
        if (TextRepair.IsNeeded(word, leaveOutInvisible: false))
        {
            var mended = new char[word.Length];
            TextRepair.Write(word, mended, leaveOutInvisible: false);
            word = mended;
        }
        addWord(word);
    }

    private void EndLine(long countBefore)
    {
        if (SkipLinesWithoutWords && Ids.Count == countBefore)
        {
            Skip();
            return;
        }
        CancellationToken.ThrowIfCancellationRequested();
        Ids.Add(endOfLineId);
        LineCount++;
    }

    private void Skip()
    {
        CancellationToken.ThrowIfCancellationRequested();
        SkippedLines++;
    }
}
