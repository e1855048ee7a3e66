namespace RnnLm.Scoring;

/// <summary>A text as word ids, which still knows its words: those of the vocabulary are the vocabulary's own.</summary>
/// <param name="tokenizer">The tokenizer.</param>
/// <param name="vocabulary">The vocabulary.</param>
/// <param name="ids">The words' ids.</param>
/// <param name="unknownPlaces">The places of words outside the vocabulary, rising.</param>
/// <param name="unknownWords">These words.</param>
/// <param name="characters">The number of characters of the text; null where it was given as words.</param>
internal sealed class EncodedText(
    Tokenizer tokenizer, Vocabulary vocabulary, int[] ids, List<int> unknownPlaces, List<string?> unknownWords, int? characters)
{
    /// <summary>The words' ids.</summary>
    public int[] Ids => ids;

    /// <summary>Whether the last word is the end-of-line word that was put behind the text.</summary>
    public required bool EndsLine { get; init; }

    /// <summary>The word at a place.</summary>
    public string WordAt(int place)
        => ids[place] != Vocabulary.UnknownId ? vocabulary[ids[place]] : unknownWords[unknownPlaces.BinarySearch(place)]!;

    /// <summary>The number of characters of the text, or of the text that its words are joined to, and one for the end of the line.</summary>
    public int CountCharacters()
    {
        var words = EndsLine ? ids.Length - 1 : ids.Length;
        return (characters ?? TextScore.CharactersOf(tokenizer.Join(Enumerable.Range(0, words).Select(WordAt)))) + (EndsLine ? 1 : 0);
    }
}
