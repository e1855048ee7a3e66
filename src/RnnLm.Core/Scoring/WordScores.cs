using System.Collections;

namespace RnnLm.Scoring;

/// <summary>
/// The scores of a text's words, each made when it is asked for: a text takes 12 bytes a word, what else is asked for, and the words outside the vocabulary,
/// whatever its length.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="measures">What the model gives of each word.</param>
/// <param name="options">What is added up.</param>
internal sealed class WordScores(EncodedText text, WordMeasures measures, ScoringOptions options) : IReadOnlyList<WordScore>
{
    private readonly UnknownWordPolicy policy = options.UnknownWords;
    private readonly double unknownLogProbability = options.UnknownWordLogProbability;

    public int Count => text.Ids.Length;

    public WordScore this[int index]
    {
        get
        {
            var isUnknown = text.Ids[index] == Vocabulary.UnknownId;
            return new WordScore(
                text.WordAt(index),
                text.Ids[index],
                isUnknown && policy == UnknownWordPolicy.Penalized ? unknownLogProbability : measures.LogProbabilities[index],
                IsCounted: !isUnknown || policy != UnknownWordPolicy.Excluded)
            {
                Rank = measures.Ranks?[index] + 1,
                Entropy = measures.Entropies?[index],
            };
        }
    }

    /// <summary>The number of characters of the text, and one for the end-of-line word where it is scored.</summary>
    public int CountCharacters() => text.CountCharacters();

    public IEnumerator<WordScore> GetEnumerator()
    {
        for (var index = 0; index < Count; index++) yield return this[index];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
