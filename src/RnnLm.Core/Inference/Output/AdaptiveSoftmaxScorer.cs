using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>
/// Scores the words of an adaptive softmax. A tail is worked out only after the states that are asked about words of its cluster and, for ranks,
/// after those where a word of the cluster may be more probable than the word asked about.
/// </summary>
internal sealed class AdaptiveSoftmaxScorer : WordScorer
{
    private readonly AdaptiveSoftmaxLayer output;
    private readonly AdaptiveSoftmaxShape shape;
    private readonly GatheredStates gathered;
    private readonly float[] projected; // of the states gathered: [states, size of the tail]
    private readonly float[] normalizers; // of the head, after each state
    private readonly float[] clusters; // their log-probabilities after each state: [states, tails]
    private readonly LogitWork scoreInHead;
    private readonly LogitWork scoreInTail;
    private readonly LogitWork rankInHead;
    private readonly LogitWork rankInTail;

    // Of the questions at hand; the next to be answered, or its place among those gathered; the tail at hand:
    private WordQueries queries = new();
    private int next;
    private int tail;

    /// <param name="output">The output layer.</param>
    /// <param name="capacity">The greatest number of states at a time.</param>
    public AdaptiveSoftmaxScorer(AdaptiveSoftmaxLayer output, int capacity)
    {
        this.output = output;
        shape = output.Shape;
        gathered = new GatheredStates(output.Head.Matrix.Columns, capacity);
        projected = new float[capacity * output.Tails.ToArray().Max(tail => tail.Projection.Rows)];
        normalizers = new float[capacity];
        clusters = new float[capacity * output.Tails.Length];
        (scoreInHead, scoreInTail, rankInHead, rankInTail) = (ScoreInHead, ScoreInTail, RankInHead, RankInTail);
    }

    public override void Score(MatrixView hidden, WordQueries queries)
    {
        this.queries = queries;
        queries.Ranks.Clear();
        next = 0;
        output.Head.Logits(hidden, scoreInHead);
        for (tail = 0; tail < output.Tails.Length; tail++)
        {
            GatherWordsOfTail(hidden);
            WorkOutTail(scoreInTail);
        }
        if (queries.Ranked == 0) return;

        GatherWordsOfTails(hidden);
        next = 0;
        output.Head.Logits(gathered.States, rankInHead);
        for (tail = 0; tail < output.Tails.Length; tail++)
        {
            GatherRivalsOfTail(hidden);
            WorkOutTail(rankInTail);
        }
    }

    private void GatherWordsOfTail(MatrixView hidden)
    {
        gathered.Clear();
        for (var query = 0; query < queries.Count; query++)
            if (shape.ClusterOf(queries.Words[query]) == tail) gathered.Add(hidden, queries.States[query], query);
    }

    private void GatherWordsOfTails(MatrixView hidden)
    {
        gathered.Clear();
        for (var query = 0; query < queries.Count; query++)
            if (queries.Words[query] >= shape.HeadWords) gathered.Add(hidden, queries.States[query], query);
    }

    // No word of a cluster is more probable than the cluster.
    private void GatherRivalsOfTail(MatrixView hidden)
    {
        gathered.Clear();
        for (var query = 0; query < queries.Count; query++)
        {
            if (shape.ClusterOf(queries.Words[query]) == tail || queries.Ranks[query] >= queries.Ranked) continue;
            if (Cluster(queries.States[query]) >= queries.LogProbabilities[query]) gathered.Add(hidden, queries.States[query], query);
        }
    }

    private void WorkOutTail(LogitWork work)
    {
        next = 0;
        if (gathered.Queries.IsEmpty) return;
        var projection = output.Tails[tail].Projection;
        var features = new MatrixView(projected, gathered.States.Rows, projection.Rows);
        features.Elements.Clear();
        projection.MultiplyAdd(gathered.States, features);
        output.Tails[tail].Softmax.Logits(features, work);
    }

    /// <summary>The log-probability of each word of the head, and its rank among these; of any other word that of its cluster.</summary>
    private void ScoreInHead(int state, Span<float> logits)
    {
        if (!queries.AreAbout(state, next)) return;
        normalizers[state] = Normalizer.Of(logits);
        for (var cluster = 0; cluster < output.Tails.Length; cluster++)
            clusters[(state * output.Tails.Length) + cluster] = logits[shape.HeadWords + cluster] - normalizers[state];
        for (; queries.AreAbout(state, next); next++)
        {
            var entry = shape.HeadEntryOf(queries.Words[next]);
            queries.LogProbabilities[next] = logits[entry] - normalizers[state];
            if (queries.Ranked > 0 && entry < shape.HeadWords) queries.Ranks[next] = Rank.Before(entry, logits[entry], logits[..shape.HeadWords]);
        }
    }

    /// <summary>The log-probability of each word of one cluster, and its rank in it.</summary>
    private void ScoreInTail(int row, Span<float> logits)
    {
        var normalizer = Normalizer.Of(logits);
        for (; next < gathered.Queries.Length && gathered.Queries[next].Row == row; next++)
        {
            var query = gathered.Queries[next].Query;
            var place = queries.Words[query] - shape.Cutoffs[tail];
            // The normalizer is never below the greatest logit, so the difference, taken first, is never above zero.
            queries.LogProbabilities[query] = logits[place] - normalizer + (float)queries.LogProbabilities[query];
            if (queries.Ranked > 0) queries.Ranks[query] = Rank.Before(place, logits[place], logits);
        }
    }

    /// <summary>How many words of the head come before each word of a cluster.</summary>
    private void RankInHead(int row, Span<float> logits)
    {
        for (; next < gathered.Queries.Length && gathered.Queries[next].Row == row; next++)
        {
            var query = gathered.Queries[next].Query;
            var limit = (float)(queries.LogProbabilities[query] + normalizers[queries.States[query]]);
            queries.Ranks[query] += Rank.Before(shape.HeadWords, limit, logits[..shape.HeadWords]);
        }
    }

    /// <summary>How many words of one cluster come before each word that is not in it.</summary>
    private void RankInTail(int row, Span<float> logits)
    {
        var normalizer = Normalizer.Of(logits);
        for (; next < gathered.Queries.Length && gathered.Queries[next].Row == row; next++)
        {
            var query = gathered.Queries[next].Query;
            var inCluster = queries.LogProbabilities[query] - Cluster(queries.States[query]);
            // Of words as probable as it those of an earlier cluster come first.
            var place = shape.ClusterOf(queries.Words[query]) < tail ? 0 : logits.Length;
            queries.Ranks[query] += Rank.Before(place, (float)(inCluster + normalizer), logits);
        }
    }

    /// <summary>The log-probability of the tail's cluster after a state.</summary>
    private float Cluster(int state) => clusters[(state * output.Tails.Length) + tail];
}
