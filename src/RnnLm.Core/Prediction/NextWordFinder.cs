using RnnLm.Numerics;

namespace RnnLm.Prediction;

/// <summary>Finds the most probable words. It has working room, so it belongs to one thread.</summary>
/// <param name="vocabulary">The words.</param>
/// <param name="count">How many words, at most as many as the vocabulary has.</param>
/// <param name="exclude">The words that are never predicted.</param>
internal sealed class NextWordFinder(Vocabulary vocabulary, int count, SpecialWords exclude)
{
    private readonly int[] ids = new int[count];

    /// <summary>How many of the most probable words must be there to find among: as many more as may be excluded.</summary>
    public int Candidates => count + SpecialWordsExclusion.MostExcluded;

    /// <summary>Finds the words.</summary>
    /// <param name="logProbabilities">The log-probabilities by word id: <c>[vocabulary]</c>; those of words that are excluded are overwritten.</param>
    public NextWordPredictions Find(Span<float> logProbabilities)
    {
        var unknownProbability = Math.Exp(logProbabilities[Vocabulary.UnknownId]);
        var endOfLineProbability = Math.Exp(logProbabilities[Vocabulary.EndOfLineId]);
        exclude.ExcludeFrom(logProbabilities);
        var found = VectorFunctions.TopK(logProbabilities, ids);
        while (found > 0 && float.IsNegativeInfinity(logProbabilities[ids[found - 1]])) found--;
        var best = new NextWordPrediction[found];
        for (var i = 0; i < found; i++)
            best[i] = new NextWordPrediction(vocabulary[ids[i]], ids[i], Math.Exp(logProbabilities[ids[i]]));
        return new NextWordPredictions(best, unknownProbability, endOfLineProbability);
    }
}
