using System.Numerics;

namespace RnnLm.Prediction;

/// <summary>Takes words that are never predicted out of a distribution.</summary>
internal static class SpecialWordsExclusion
{
    /// <summary>How many special words there are.</summary>
    public const int MostExcluded = 2;

    /// <summary>How many words of a vocabulary are left to predict.</summary>
    /// <param name="words">The words that are never predicted.</param>
    /// <param name="vocabulary">The vocabulary.</param>
    public static int CountWordsLeft(this SpecialWords words, Vocabulary vocabulary)
        => vocabulary.Count - BitOperations.PopCount((uint)(words & SpecialWords.All));

    /// <summary>Makes special words impossible.</summary>
    /// <param name="words">The words.</param>
    /// <param name="logProbabilities">The log-probabilities, or logits, by word id: <c>[vocabulary]</c>.</param>
    public static void ExcludeFrom(this SpecialWords words, Span<float> logProbabilities)
    {
        if ((words & SpecialWords.Unknown) != 0) logProbabilities[Vocabulary.UnknownId] = float.NegativeInfinity;
        if ((words & SpecialWords.EndOfLine) != 0) logProbabilities[Vocabulary.EndOfLineId] = float.NegativeInfinity;
    }
}
