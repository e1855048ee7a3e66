namespace RnnLm.Users;

/// <summary>
/// What the file of a user model holds. It is UTF-8 text, so that everybody can see what was learned of him, with line feeds and tabs:
/// <c>rnnlm-user</c>, the version of the format and the CRC-32C of all that follows, in eight hexadecimal digits; <c>words</c> and their number, and for each
/// its count and the word;
/// <c>pairs</c> and their number, and for each its count and the places of its words, from 0; <c>triples</c> in the same way.
/// </summary>
/// <param name="Words">The words with their counts.</param>
/// <param name="NGrams">The pairs and triples: what came before, what followed, and how often.</param>
internal sealed record UserFile(IReadOnlyList<(string Word, int Count)> Words, IReadOnlyList<(WordPair Context, int Word, int Count)> NGrams)
{
    /// <summary>What a file begins with.</summary>
    public const string Format = "rnnlm-user";

    /// <summary>The version that is written, and the greatest that is read.</summary>
    public const int Version = 1;

    /// <summary>What the parts begin with.</summary>
    public const string WordsKey = "words", PairsKey = "pairs", TriplesKey = "triples";
}
