using RnnLm.Text;

namespace RnnLm.Scoring;

/// <summary>Reads the words of one text by a vocabulary: their ids, and of words outside the vocabulary, which ids do not tell apart, the words themselves.</summary>
/// <param name="tokenizer">The tokenizer.</param>
/// <param name="vocabulary">The vocabulary.</param>
/// <param name="cancellationToken">Ends it early, between two words.</param>
internal sealed class TextEncoder(Tokenizer tokenizer, Vocabulary vocabulary, CancellationToken cancellationToken)
{
    private readonly IdList ids = new();
    private readonly List<int> unknownPlaces = [];
    private readonly List<string?> unknownWords = [];
    private readonly HashSet<string> distinct = [];
    private int? characters;

    /// <summary>Reads the words of a text, in which no other words are then.</summary>
    public void AddText(string text)
    {
        tokenizer.Tokenize(tokenizer.LineOf(text), Add);
        characters = TextScore.CharactersOf(text);
    }

    /// <summary>Reads a word; of equal ones, one is kept.</summary>
    public void Add(ReadOnlySpan<char> word)
    {
        if (AddId(word)) return;
        var known = distinct.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(word, out var kept)) distinct.Add(kept = word.ToString());
        unknownWords.Add(kept);
    }

    /// <summary>Reads a word that somebody has as a string; null and the empty one are passed over.</summary>
    public void Add(string? word)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!string.IsNullOrEmpty(word) && !AddId(word)) unknownWords.Add(word);
    }

    /// <summary>The text that was read.</summary>
    /// <param name="withEndOfLine">Whether an end-of-line word comes last.</param>
    public EncodedText Build(bool withEndOfLine)
    {
        if (withEndOfLine) ids.Add(Vocabulary.EndOfLineId);
        return new EncodedText(tokenizer, vocabulary, ids.ToArray(), unknownPlaces, unknownWords, characters) { EndsLine = withEndOfLine };
    }

    /// <returns>Whether the vocabulary holds the word.</returns>
    private bool AddId(ReadOnlySpan<char> word)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var id = vocabulary.IdOf(word);
        ids.Add(id);
        if (id != Vocabulary.UnknownId) return true;
        unknownPlaces.Add((int)ids.Count - 1);
        return false;
    }
}
