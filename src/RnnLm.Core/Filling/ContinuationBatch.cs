using RnnLm.Inference;

namespace RnnLm.Filling;

/// <summary>Scores continuations of one state by a network, word after word with one product for all of them. It has working room, so it belongs to one thread.</summary>
/// <param name="network">The network.</param>
/// <param name="capacity">The greatest number of continuations.</param>
/// <param name="unknownLogProbability">The log-probability of a word outside the vocabulary; null where it is that of the unknown word.</param>
internal sealed class ContinuationBatch(Network network, int capacity, double? unknownLogProbability)
{
    private readonly WordScorer scorer = network.Output.CreateScorer(capacity);
    private readonly WordQueries queries = new();
    private readonly int[] parents = new int[capacity];
    private readonly int[] words = new int[capacity];
    private readonly List<int> rows = [];  // of the states: the place of the continuation that each is of
    private readonly List<int> asked = []; // the place of the continuation that each question is of
    private RecurrentStates states = new(network.Shape, capacity);
    private RecurrentStates next = new(network.Shape, capacity);

    /// <summary>Scores continuations.</summary>
    /// <param name="state">What was read before; left as it is.</param>
    /// <param name="continuations">The words' ids of each.</param>
    /// <param name="start">The place of the first to score.</param>
    /// <param name="sums">Receives the sums of the log-probabilities, as many as are to be scored.</param>
    /// <param name="cancellationToken">Ends it early, between two words.</param>
    public void Score(RecurrentState state, IReadOnlyList<int[]> continuations, int start, Span<double> sums, CancellationToken cancellationToken)
    {
        sums.Clear();
        rows.Clear();
        for (var place = 0; place < sums.Length; place++) rows.Add(place);
        // The first words all come after the same state.
        states.CopyFrom(state.States, [0]);
        for (var depth = 0; ; depth++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Ask(continuations, start, depth, sums);
            var count = 0;
            for (var row = 0; row < rows.Count; row++)
            {
                var continuation = continuations[start + rows[row]];
                if (continuation.Length <= depth + 1) continue;
                (parents[count], words[count]) = (depth == 0 ? 0 : row, continuation[depth]);
                rows[count++] = rows[row];
            }
            if (count == 0) return;
            rows.RemoveRange(count, rows.Count - count);
            next.CopyFrom(states, parents.AsSpan(0, count));
            (states, next) = (next, states);
            network.Read(words.AsSpan(0, count), states);
        }
    }

    /// <summary>Adds the log-probability of the word at a depth of every continuation that is so long.</summary>
    private void Ask(IReadOnlyList<int[]> continuations, int start, int depth, Span<double> sums)
    {
        queries.Clear();
        asked.Clear();
        for (var row = 0; row < rows.Count; row++)
        {
            var continuation = continuations[start + rows[row]];
            if (continuation.Length <= depth) continue;
            if (continuation[depth] == Vocabulary.UnknownId && unknownLogProbability is { } known)
            {
                sums[rows[row]] += known;
                continue;
            }
            queries.Add(depth == 0 ? 0 : row, continuation[depth]);
            asked.Add(rows[row]);
        }
        if (queries.Count == 0) return;
        scorer.Score(states.Output, queries);
        for (var query = 0; query < asked.Count; query++) sums[asked[query]] += queries.LogProbabilities[query];
    }
}
