using RnnLm.Numerics;

namespace RnnLm.Suggestions;

/// <summary>
/// The probabilities of all words to come next, of those too that a person has typed and the vocabulary lacks: <c>p(w) = (1 − λ) p_model(w) + λ
/// p_user(w)</c>, where
/// <c>λ = weight · N / (N + T)</c> grows with what was learned, <c>N</c> words of which <c>T</c> are different. It belongs to one thread.
/// </summary>
/// <param name="vocabulary">The model's words.</param>
/// <param name="user">What was learned of the person; null where nothing was.</param>
/// <param name="userWeight">The greatest share of the probability that it has.</param>
internal sealed class TypedWordDistribution(Vocabulary vocabulary, UserModel? user, double userWeight)
{
    private float[] logProbabilities = []; // many are made and never asked
    private readonly List<OwnWord> ownWords = [];
    private readonly List<int> ids = []; // of the person's words by their places; 0 where the vocabulary lacks them
    private double[] shares = []; // by place
    private int numbering = -1;

    /// <summary>The natural logarithms of the probabilities: <c>[vocabulary]</c>.</summary>
    public ReadOnlySpan<float> LogProbabilities => logProbabilities;

    /// <summary>The words that the vocabulary lacks, in ordinal order.</summary>
    public IReadOnlyList<OwnWord> OwnWords => ownWords;

    /// <summary>Works the probabilities out.</summary>
    /// <param name="state">What was read.</param>
    /// <param name="last">The last word; null at the beginning of a line.</param>
    /// <param name="lastButOne">The word before it.</param>
    public void Predict(PredictorState state, string? last, string? lastButOne)
    {
        if (logProbabilities.Length == 0) logProbabilities = new float[vocabulary.Count];
        state.LogProbabilities(logProbabilities);
        ownWords.Clear();
        if (user is null || user.TotalCount == 0) return;

        FindWords();
        if (shares.Length < ids.Count) Array.Resize(ref shares, Math.Max(ids.Count, 2 * shares.Length));
        user.Probabilities(last, lastButOne, shares.AsSpan(0, ids.Count));
        var weight = WeightOf(user, userWeight);
        VectorFunctions.Subtract(-(float)Math.Log(1 - weight), logProbabilities);
        for (var place = 0; place < ids.Count; place++)
        {
            if (shares[place] == 0) continue;
            var share = weight * shares[place];
            if (ids[place] == Vocabulary.UnknownId)
            {
                var word = user.Places[place];
                ownWords.Add(new OwnWord(word, WordFolding.Of(word), Math.Log(share)));
                continue;
            }
            ref var logProbability = ref logProbabilities[ids[place]];
            logProbability = (float)Math.Log(Math.Exp(logProbability) + share);
        }
        ownWords.Sort((x, y) => string.CompareOrdinal(x.Word, y.Word));
    }

    /// <summary>The share of the probability that a person's own words have.</summary>
    public static double WeightOf(UserModel user, double userWeight) => userWeight * user.TotalCount / (user.TotalCount + user.WordCount);

    private void FindWords()
    {
        if (numbering != user!.Numbering) ids.Clear();
        numbering = user.Numbering;
        for (var place = ids.Count; place < user.Places.Count; place++) ids.Add(vocabulary.IdOf(user.Places[place]));
    }
}
