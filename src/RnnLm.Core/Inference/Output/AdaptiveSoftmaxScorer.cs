using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>
/// Scores the words of an adaptive softmax. A tail is worked out only after the states that are asked about words of its cluster and, for ranks,
/// after those where a word of the cluster may be more probable than the word asked about.
/// </summary>
internal sealed class AdaptiveSoftmaxScorer : WordScorer
{
    private readonly AdaptiveSoftmaxShape shape;
    private readonly SoftmaxPass head;
    private readonly TailPass[] tails;
    private readonly GatheredStates gathered;

    /// <param name="output">The output layer.</param>
    /// <param name="capacity">The greatest number of states at a time.</param>
    public AdaptiveSoftmaxScorer(AdaptiveSoftmaxLayer output, int capacity)
    {
        shape = output.Shape;
        head = new SoftmaxPass(output.Head, shape.HeadWords, capacity);
        tails = [.. output.Tails.ToArray().Select(tail => new TailPass(tail, capacity))];
        gathered = new GatheredStates(output.Head.Matrix.Columns, capacity);
    }

    public override void Score(MatrixView hidden, WordQueries queries)
    {
        queries.Ranks.Clear();
        ScoreByHead(hidden, queries);
        for (var tail = 0; tail < tails.Length; tail++) ScoreByTail(tail, hidden, queries);
        if (queries.Ranked == 0) return;
        RankInHead(hidden, queries);
        for (var tail = 0; tail < tails.Length; tail++) RankInTail(tail, hidden, queries);
    }

    /// <summary>The log-probability of each word of the head, and its rank among these; of any other word that of its cluster.</summary>
    private void ScoreByHead(MatrixView hidden, WordQueries queries)
    {
        var states = queries.States;
        var words = queries.Words;
        var logProbabilities = queries.LogProbabilities;
        head.Begin(queries);
        for (var query = 0; query < words.Length; query++)
        {
            var entry = shape.HeadEntryOf(words[query]);
            var logit = head.Logit(hidden, states[query], entry);
            logProbabilities[query] = logit;
            if (queries.Ranked > 0 && entry < shape.HeadWords) head.Compare(states[query], entry, logit, query);
        }
        head.Normalize(hidden);
        for (var query = 0; query < words.Length; query++)
            logProbabilities[query] = (float)logProbabilities[query] - head.Normalizer(states[query]);
    }

    /// <summary>The log-probabilities of words of one cluster, and their ranks in it.</summary>
    private void ScoreByTail(int tail, MatrixView hidden, WordQueries queries)
    {
        gathered.Clear();
        for (var query = 0; query < queries.Count; query++)
            if (shape.ClusterOf(queries.Words[query]) == tail) gathered.Add(hidden, queries.States[query], query);
        if (gathered.Queries.IsEmpty) return;

        var pass = tails[tail];
        pass.Begin(gathered.States, queries);
        foreach (var (query, row) in gathered.Queries)
        {
            var place = queries.Words[query] - shape.Cutoffs[tail];
            pass.Logits.Add(pass.Softmax.Logit(pass.Features, row, place));
            if (queries.Ranked > 0) pass.Softmax.Compare(row, place, pass.Logits[^1], query);
        }
        pass.Softmax.Normalize(pass.Features);
        for (var i = 0; i < gathered.Queries.Length; i++)
        {
            var (query, row) = gathered.Queries[i];
            // The normalizer is never below the greatest logit, so the difference, taken first, is never above zero.
            queries.LogProbabilities[query] = (pass.Logits[i] - pass.Softmax.Normalizer(row)) + (float)queries.LogProbabilities[query];
        }
    }

    /// <summary>How many words of the head come before each word of a cluster.</summary>
    private void RankInHead(MatrixView hidden, WordQueries queries)
    {
        gathered.Clear();
        for (var query = 0; query < queries.Count; query++)
            if (queries.Words[query] >= shape.HeadWords) gathered.Add(hidden, queries.States[query], query);
        if (gathered.Queries.IsEmpty) return;

        head.Begin(queries);
        foreach (var (query, row) in gathered.Queries)
            head.Compare(row, queries.Words[query], (float)(queries.LogProbabilities[query] + head.Normalizer(queries.States[query])), query);
        head.Count(gathered.States);
    }

    /// <summary>How many words of one cluster come before each word that is not in it.</summary>
    private void RankInTail(int tail, MatrixView hidden, WordQueries queries)
    {
        gathered.Clear();
        for (var query = 0; query < queries.Count; query++)
        {
            if (shape.ClusterOf(queries.Words[query]) == tail || queries.Ranks[query] >= queries.Ranked) continue;
            // No word of a cluster is more probable than the cluster.
            if (Cluster(tail, hidden, queries.States[query]) >= queries.LogProbabilities[query]) gathered.Add(hidden, queries.States[query], query);
        }
        if (gathered.Queries.IsEmpty) return;

        var pass = tails[tail];
        pass.Begin(gathered.States, queries);
        pass.Softmax.Normalize(pass.Features);
        foreach (var (query, row) in gathered.Queries)
        {
            var inCluster = queries.LogProbabilities[query] - Cluster(tail, hidden, queries.States[query]);
            // Of words as probable as it those of an earlier cluster come first.
            var place = shape.ClusterOf(queries.Words[query]) < tail ? -1 : int.MaxValue;
            pass.Softmax.Compare(row, place, (float)(inCluster + pass.Softmax.Normalizer(row)), query);
        }
        pass.Softmax.Count(pass.Features);
    }

    /// <summary>The log-probability of a cluster after a state.</summary>
    private float Cluster(int tail, MatrixView hidden, int state) => head.Logit(hidden, state, shape.HeadWords + tail) - head.Normalizer(state);

    /// <summary>One tail at many states, and room for what it makes of them.</summary>
    private sealed class TailPass(AdaptiveSoftmaxTail tail, int capacity)
    {
        private readonly float[] room = new float[capacity * tail.Projection.Rows];

        /// <summary>The softmax over the cluster's words.</summary>
        public SoftmaxPass Softmax { get; } = new(tail.Softmax, tail.Softmax.Words, capacity);

        /// <summary>The logits of the words asked about, in their order.</summary>
        public List<float> Logits { get; } = [];

        /// <summary>What the softmax reads: <c>[n, size]</c>.</summary>
        public MatrixView Features { get; private set; }

        /// <summary>Begins with other states: <c>[n, output]</c>.</summary>
        public void Begin(MatrixView hidden, WordQueries queries)
        {
            Softmax.Begin(queries);
            Logits.Clear();
            Features = new MatrixView(room, hidden.Rows, tail.Projection.Rows);
            Features.Elements.Clear();
            tail.Projection.MultiplyAdd(hidden, 0, Features);
        }
    }
}
