namespace RnnLm.AspNetCore;

/// <summary>A token and how probable it was.</summary>
/// <param name="Token">The token, as the vocabulary has it; of a prompt, as it stands there.</param>
/// <param name="LogProbability">The natural logarithm of its probability.</param>
/// <param name="Begin">Where it begins in its text, in UTF-16 code units.</param>
/// <param name="Alternatives">The most probable tokens in its place and the logarithms of their probabilities; null where they are not asked for.</param>
internal sealed record TokenProbability(string Token, double LogProbability, int Begin, IReadOnlyDictionary<string, double>? Alternatives)
{
    /// <summary>What stands for the logarithm of zero, which JSON does not have.</summary>
    public const double LeastLogProbability = -9999;

    /// <summary>The most probable tokens after what a state has read.</summary>
    /// <param name="model">The model.</param>
    /// <param name="state">What was read.</param>
    /// <param name="count">How many; none where 0.</param>
    public static IReadOnlyDictionary<string, double>? AlternativesAfter(LanguageModel model, RecurrentState state, int count)
    {
        if (count == 0) return null;
        var alternatives = new Dictionary<string, double>(count);
        foreach (var next in model.NextPieces(state, Math.Min(count, model.Vocabulary.Count), SpecialWords.None)) alternatives[next.Word] = Finite(Math.Log(next.Probability));
        return alternatives;
    }

    /// <summary>A logarithm that JSON has.</summary>
    public static double Finite(double logProbability) => Math.Max(logProbability, LeastLogProbability);
}
