using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>Scores the words of a softmax over the whole vocabulary.</summary>
/// <param name="softmax">The softmax.</param>
/// <param name="capacity">The greatest number of states at a time.</param>
internal sealed class SoftmaxScorer(SoftmaxLayer softmax, int capacity) : WordScorer
{
    private readonly SoftmaxPass pass = new(softmax, softmax.Words, capacity);

    public override void Score(MatrixView hidden, WordQueries queries)
    {
        var states = queries.States;
        var words = queries.Words;
        var logProbabilities = queries.LogProbabilities;
        queries.Ranks.Clear();
        pass.Begin(queries);
        for (var query = 0; query < words.Length; query++)
        {
            var logit = pass.Logit(hidden, states[query], words[query]);
            logProbabilities[query] = logit;
            if (queries.Ranked > 0) pass.Compare(states[query], words[query], logit, query);
        }
        pass.Normalize(hidden);
        for (var query = 0; query < words.Length; query++) logProbabilities[query] -= pass.Normalizer(states[query]);
    }
}
