using RnnLm.Inference;
using RnnLm.Numerics;
using RnnLm.Reading;

namespace RnnLm.Scoring;

/// <summary>
/// Gives every word of many texts its log-probability. Words wait to be scored until there are enough states for a full product, whatever
/// the depth they come from. It has working room, so it belongs to one thread.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="capacity">The greatest number of texts in a batch.</param>
/// <param name="start">What was read before every text, a single state; null for the beginning of a line.</param>
internal sealed class BatchScorer(Network network, int capacity, RecurrentStates? start = null)
{
    private readonly PrefixTree tree = new(network, capacity);
    private readonly WordScorer scorer = network.Output.CreateScorer(Math.Max(capacity, WordScorer.StatesAtOnce));
    // waiting: [states, output], and the questions about them with the places of the answers
    private readonly float[] waiting = new float[Math.Max(capacity, WordScorer.StatesAtOnce) * network.Shape.OutputSize];
    private readonly WordQueries queries = new();
    private readonly List<(int Text, int Word)> destinations = [];
    private int waitingCount;

    /// <summary>Scores texts.</summary>
    /// <param name="contexts">The words read of each text before its last is scored, in the order of <see cref="PrefixTree.Compare"/>.</param>
    /// <param name="places">The place of each among all texts.</param>
    /// <param name="words">The words to score of all texts: those read, and one more; or none.</param>
    /// <param name="logProbabilities">Receives the log-probabilities of the words that are scored.</param>
    /// <param name="cancellationToken">Ends it early, between two words.</param>
    /// <param name="firsts">The first word of each text that is scored; where null, all of each are.</param>
    public void Score(
        ReadOnlyMemory<ReadOnlyMemory<int>> contexts, ReadOnlyMemory<int> places, IReadOnlyList<int[]> words, IReadOnlyList<double[]> logProbabilities,
        CancellationToken cancellationToken, IReadOnlyList<int>? firsts = null)
    {
        tree.Begin(contexts, start);
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var states = tree.States.Output;
            if ((waitingCount + states.Rows) * network.Shape.OutputSize > waiting.Length) ScoreWaiting(logProbabilities);
            var asked = queries.Count;
            // Nodes are numbered in the order of the texts, and so are asked about from the first to the last.
            for (var text = 0; text < contexts.Length; text++)
            {
                var place = places.Span[text];
                var first = firsts?[place] ?? 0;
                if (tree.Nodes[text] == PrefixTree.Ended || tree.Depth < first || tree.Depth >= words[place].Length) continue;
                queries.Add(waitingCount + tree.Nodes[text], words[place][tree.Depth]);
                destinations.Add((place, tree.Depth - first));
            }
            if (queries.Count == asked) continue;
            for (var i = 0; i < states.Rows; i++) states.Row(i).CopyTo(waiting.AsSpan((waitingCount + i) * states.Columns));
            waitingCount += states.Rows;
        }
        while (tree.Read());
        ScoreWaiting(logProbabilities);
    }

    private void ScoreWaiting(IReadOnlyList<double[]> logProbabilities)
    {
        scorer.Score(new MatrixView(waiting, waitingCount, network.Shape.OutputSize), queries);
        for (var query = 0; query < destinations.Count; query++)
        {
            var (text, word) = destinations[query];
            logProbabilities[text][word] = queries.LogProbabilities[query];
        }
        queries.Clear();
        destinations.Clear();
        waitingCount = 0;
    }
}
