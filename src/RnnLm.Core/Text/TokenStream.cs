namespace RnnLm.Text;

/// <summary>A corpus as word ids: all lines in one stream, an end-of-line word after each.</summary>
public sealed class TokenStream
{
    internal TokenStream(int[] ids, int lineCount, long unknownCount, int skippedLines)
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
}
