using RnnLm.Numerics;
using RnnLm.Reading;

namespace RnnLm.Prediction;

/// <summary>Predicts the next words of many prompts. It has working room, so it belongs to one thread.</summary>
/// <param name="network">The network.</param>
/// <param name="finder">What finds the words.</param>
/// <param name="capacity">The greatest number of prompts in a batch.</param>
internal sealed class PromptPredictor(Network network, NextWordFinder finder, int capacity)
{
    private readonly PrefixTree tree = new(network, capacity);
    // ends: [prompts, output]
    private readonly float[] ends = new float[capacity * network.Shape.OutputSize];

    /// <summary>Predicts.</summary>
    /// <param name="prompts">The prompts' word ids, in the order of <see cref="PrefixTree.Compare"/>.</param>
    /// <param name="places">The place of each among all prompts.</param>
    /// <param name="results">Receives the next words of each.</param>
    /// <param name="cancellationToken">Ends it early, between two words.</param>
    public void Predict(
        ReadOnlyMemory<ReadOnlyMemory<int>> prompts, ReadOnlyMemory<int> places, NextWordPredictions[] results, CancellationToken cancellationToken)
    {
        var size = network.Shape.OutputSize;
        tree.Begin(prompts);
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var prompt = 0; prompt < prompts.Length; prompt++)
                if (prompts.Span[prompt].Length == tree.Depth) tree.States.Output.Row(tree.Nodes[prompt]).CopyTo(ends.AsSpan(prompt * size, size));
        }
        while (tree.Read());

        network.Output.LogProbabilitiesOfBest(
            new MatrixView(ends, prompts.Length, size), finder.Candidates,
            (prompt, logProbabilities) =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                results[places.Span[prompt]] = finder.Find(logProbabilities);
            });
    }
}
