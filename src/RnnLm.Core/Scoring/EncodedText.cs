namespace RnnLm.Scoring;

/// <summary>A text as word ids, which still knows its words: those of the vocabulary are the vocabulary's own.</summary>
/// <param name="vocabulary">The vocabulary.</param>
/// <param name="ids">The words' ids.</param>
/// <param name="unknownPlaces">The places of words outside the vocabulary, rising.</param>
/// <param name="unknownWords">These words.</param>
internal sealed class EncodedText(Vocabulary vocabulary, int[] ids, List<int> unknownPlaces, List<string?> unknownWords)
{
    /// <summary>The words' ids.</summary>
    public int[] Ids => ids;

    /// <summary>The word at a place.</summary>
    public string WordAt(int place)
        => ids[place] != Vocabulary.UnknownId ? vocabulary[ids[place]] : unknownWords[unknownPlaces.BinarySearch(place)]!;
}
