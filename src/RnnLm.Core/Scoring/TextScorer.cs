using RnnLm.Numerics;
using RnnLm.Reading;

namespace RnnLm.Scoring;

/// <summary>
/// Gives every word of many texts its log-probability. Words wait to be scored until there are enough states for a full product, whatever
/// the depth they come from. It has working room, so it belongs to one thread.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="capacity">The greatest number of texts in a batch.</param>
internal sealed class TextScorer(Network network, int capacity)
{
    // The words of a single text make a full product too.
    private const int LeastWaiting = 64;

    private readonly PrefixTree tree = new(network, capacity);
    private readonly WordScorer scorer = new(network.Output, Math.Max(capacity, LeastWaiting));
    // waiting: [texts of a batch or more, output]
    private readonly float[] waiting = new float[Math.Max(capacity, LeastWaiting) * network.Shape.OutputSize];
    private int waitingCount;

    /// <summary>Scores texts.</summary>
    /// <param name="contexts">The words read of each text before its last is scored, in the order of <see cref="PrefixTree.Compare"/>.</param>
    /// <param name="places">The place of each among all texts.</param>
    /// <param name="words">The words to score of all texts: those read, and one more; or none.</param>
    /// <param name="logProbabilities">Receives the words' log-probabilities.</param>
    public void Score(
        ReadOnlyMemory<ReadOnlyMemory<int>> contexts, ReadOnlyMemory<int> places, IReadOnlyList<int[]> words, IReadOnlyList<double[]> logProbabilities)
    {
        tree.Begin(contexts);
        do
        {
            var states = tree.States.Output;
            if ((waitingCount + states.Rows) * network.Shape.OutputSize > waiting.Length) ScoreWaiting();
            // Nodes are numbered in the order of the texts, and so are asked about from the first to the last.
            for (var text = 0; text < contexts.Length; text++)
            {
                var place = places.Span[text];
                if (tree.Nodes[text] != PrefixTree.Ended && tree.Depth < words[place].Length)
                    scorer.Ask(waitingCount + tree.Nodes[text], words[place][tree.Depth], logProbabilities[place], tree.Depth);
            }
            for (var i = 0; i < states.Rows; i++) states.Row(i).CopyTo(Waiting(waitingCount + i));
            waitingCount += states.Rows;
        }
        while (tree.Read());
        ScoreWaiting();
    }

    private Span<float> Waiting(int index) => waiting.AsSpan(index * network.Shape.OutputSize, network.Shape.OutputSize);

    private void ScoreWaiting()
    {
        scorer.Answer(new MatrixView(waiting, waitingCount, network.Shape.OutputSize));
        waitingCount = 0;
    }
}
