using System.Collections;

namespace RnnLm.Scoring;

/// <summary>
/// The scores of a text's words, each made when it is asked for: a text takes 12 bytes a word and the words outside the vocabulary, whatever its
/// length.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="logProbabilities">The words' log-probabilities, as the model gives them.</param>
/// <param name="options">What is added up.</param>
internal sealed class WordScores(EncodedText text, double[] logProbabilities, ScoringOptions options) : IReadOnlyList<WordScore>
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
                isUnknown && policy == UnknownWordPolicy.Penalized ? unknownLogProbability : logProbabilities[index],
                IsCounted: !isUnknown || policy != UnknownWordPolicy.Excluded);
        }
    }

    public IEnumerator<WordScore> GetEnumerator()
    {
        for (var index = 0; index < Count; index++) yield return this[index];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
