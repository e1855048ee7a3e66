namespace RnnLm.Text;

/// <summary>Gives the id of a word.</summary>
internal delegate int WordIdentifier(ReadOnlySpan<char> word);

/// <summary>Turns lines into ids, one after the other, an end-of-line id after each.</summary>
internal sealed class LineCollector
{
    private readonly Tokenizer tokenizer;
    private readonly int endOfLineId;
    private readonly WordIdentifier identify;
    private readonly TokenHandler addWord;

    internal LineCollector(Tokenizer tokenizer, int endOfLineId, WordIdentifier identify)
    {
        this.tokenizer = tokenizer;
        this.endOfLineId = endOfLineId;
        this.identify = identify;
        addWord = word => Ids.Add(this.identify(word));
    }

    internal bool SkipLinesWithoutWords { get; set; }

    internal IdList Ids { get; } = new();

    internal int LineCount { get; private set; }

    internal int SkippedLines { get; private set; }

    internal void SkipLine() => SkippedLines++;

    internal void AddText(ReadOnlySpan<char> text)
    {
        do
        {
            var length = text.IndexOf('\n');
            var line = length < 0 ? text : text[..length];
            if (length >= 0 && line.EndsWith('\r')) line = line[..^1];
            AddLine(line);
            text = length < 0 ? [] : text[(length + 1)..];
        }
        while (!text.IsEmpty);
    }

    internal void AddWords(IEnumerable<string?> words)
    {
        var before = Ids.Count;
        foreach (var word in words) AddWord(word);
        EndLine(before);
    }

    internal void AddWords(IEnumerable<ReadOnlyMemory<char>> words)
    {
        var before = Ids.Count;
        foreach (var word in words) AddWord(word.Span);
        EndLine(before);
    }

    internal void AddIds(ReadOnlySpan<int> ids)
    {
        var before = Ids.Count;
        foreach (var id in ids) Ids.Add(id);
        EndLine(before);
    }

    private void AddLine(ReadOnlySpan<char> line)
    {
        var before = Ids.Count;
        tokenizer.Tokenize(line, addWord);
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
            SkippedLines++;
            return;
        }
        Ids.Add(endOfLineId);
        LineCount++;
    }
}
