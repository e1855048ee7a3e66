using RnnLm.Reading;

namespace RnnLm.Mixtures;

/// <summary>
/// Gives every word of texts that follow the same words its log-probability by a mixture with caches. The texts are walked through as a tree of what they begin
/// with: a state is kept where two of them part, so what they share is read once.
/// </summary>
internal static class MixtureWalk
{
    /// <summary>Scores texts.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="start">What was read before every text; left as it is.</param>
    /// <param name="ids">The words' ids of each text.</param>
    /// <param name="logProbabilities">Receives their natural logarithms, for each text as many as it has words.</param>
    /// <param name="cancellationToken">Ends it early, between two words.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Score(Mixture mixture, RecurrentState start, int[][] ids, double[][] logProbabilities, CancellationToken cancellationToken)
    {
        int[] order = [.. Enumerable.Range(0, ids.Length).OrderBy(text => (ReadOnlyMemory<int>)ids[text], Comparer<ReadOnlyMemory<int>>.Create(PrefixTree.Compare))];
        // shared: by each text in this order with the one before it
        int[] shared = [.. order.Select((text, place) => place == 0 ? 0 : ids[text].AsSpan().CommonPrefixLength(ids[order[place - 1]]))];
        var kept = new Stack<(int Depth, RecurrentState State)>([(0, start)]);
        for (var place = 0; place < order.Length; place++)
        {
            var (text, scores, begin) = (ids[order[place]], logProbabilities[order[place]], shared[place]);
            while (kept.Peek().Depth > begin) kept.Pop();
            var state = kept.Peek().State.Clone();
            if (begin > 0) logProbabilities[order[place - 1]].AsSpan(0, begin).CopyTo(scores);
            var partings = PartingsAfter(place, shared);
            for (var depth = begin; depth < text.Length; depth++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                scores[depth] = mixture.LogProbability(text[depth], state);
                var parts = partings.TryPeek(out var parting) && parting == depth + 1;
                if (depth + 1 < text.Length || parts) mixture.Networks[0].Network.Step(text[depth], state);
                if (parts) kept.Push((partings.Pop(), state.Clone()));
            }
        }
    }

    /// <summary>The depths, beyond where a text itself parts from the one before, at which later texts part from it; the least on top.</summary>
    private static Stack<int> PartingsAfter(int place, int[] shared)
    {
        var partings = new Stack<int>();
        for (var (later, least) = (place + 1, int.MaxValue); later < shared.Length; later++)
        {
            if (shared[later] >= least) continue;
            least = shared[later];
            if (least <= shared[place]) break;
            partings.Push(least);
        }
        return partings;
    }
}
