using RnnLm.Text;

namespace RnnLm.Transforms.Corpora;

/// <summary>What takes the rows of a column as the lines of a corpus.</summary>
internal interface ILineSink
{
    /// <summary>Takes a row of text.</summary>
    void Add(ReadOnlySpan<char> text);

    /// <summary>Takes a row of words.</summary>
    void AddWords(IEnumerable<ReadOnlyMemory<char>> words);
}

/// <summary>Takes rows for a vocabulary that is yet to be made.</summary>
internal sealed class BuilderSink(TokenStreamBuilder builder) : ILineSink
{
    public void Add(ReadOnlySpan<char> text) => builder.Add(text);

    public void AddWords(IEnumerable<ReadOnlyMemory<char>> words) => builder.AddWords(words);
}

/// <summary>Takes rows for a vocabulary that is known.</summary>
internal sealed class EncoderSink(TokenStreamEncoder encoder) : ILineSink
{
    public void Add(ReadOnlySpan<char> text) => encoder.Add(text);

    public void AddWords(IEnumerable<ReadOnlyMemory<char>> words) => encoder.AddWords(words);
}
