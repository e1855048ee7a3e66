using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>Scores the words of a softmax over the whole vocabulary.</summary>
internal sealed class SoftmaxScorer : WordScorer
{
    private readonly SoftmaxLayer softmax;
    private readonly LogitWork score;

    // Of the questions at hand, and the next to be answered:
    private WordQueries queries = new();
    private int next;

    /// <param name="softmax">The softmax.</param>
    public SoftmaxScorer(SoftmaxLayer softmax)
    {
        this.softmax = softmax;
        score = Score;
    }

    public override void Score(MatrixView hidden, WordQueries queries)
    {
        (this.queries, next) = (queries, 0);
        softmax.Logits(hidden, score);
    }

    private void Score(int state, Span<float> logits)
    {
        if (!queries.AreAbout(state, next)) return;
        var normalizer = Normalizer.Of(logits);
        for (; queries.AreAbout(state, next); next++)
        {
            var word = queries.Words[next];
            queries.LogProbabilities[next] = (double)logits[word] - normalizer;
            queries.Ranks[next] = queries.Ranked > 0 ? Rank.Before(word, logits[word], logits) : 0;
        }
    }
}
