namespace RnnLm;

/// <summary>Writes a corpus, line by line, in the ids of a vocabulary that is known beforehand.</summary>
public sealed class TokenStreamEncoder : LineEncoder
{
    private readonly Vocabulary vocabulary;

    /// <summary>Makes an encoder that has read nothing.</summary>
    /// <param name="tokenizer">What splits lines into words.</param>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public TokenStreamEncoder(Tokenizer tokenizer, Vocabulary vocabulary)
        : base(tokenizer, Vocabulary.EndOfLineId)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        this.vocabulary = vocabulary;
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
        AddIdentified(ids);
    }

    /// <summary>The stream of what was read so far.</summary>
    /// <returns>The stream; it is empty where no line was read.</returns>
    /// <exception cref="InvalidOperationException">There are more words than a stream holds, about two thousand million.</exception>
    public TokenStream Build()
    {
        var ids = Ids.ToArray();
        return new TokenStream(ids, LineCount, ids.AsSpan().Count(Vocabulary.UnknownId), SkippedLines);
    }

    /// <summary>Encodes text piece by piece, so that no more of it than a piece is in memory.</summary>
    /// <param name="tokenizer">What splits lines into words.</param>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="idsAtOnce">How many ids a piece has at least, but for the last.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    internal static IEnumerable<TokenStream> InPieces(Tokenizer tokenizer, Vocabulary vocabulary, IEnumerable<string?> lines, int idsAtOnce, CancellationToken cancellationToken)
    {
        TokenStreamEncoder Encoder() => new(tokenizer, vocabulary) { CancellationToken = cancellationToken };
        var encoder = Encoder();
        foreach (var line in lines)
        {
            encoder.Add(line);
            if (encoder.Position.Ids < idsAtOnce) continue;
            yield return encoder.Build();
            encoder = Encoder();
        }
        yield return encoder.Build();
    }

    private protected override int Identify(ReadOnlySpan<char> word) => vocabulary.IdOf(word);
}
