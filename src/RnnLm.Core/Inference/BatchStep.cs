using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>Reads a word into each of many states, with one product a matrix. It has working room, so it belongs to one thread.</summary>
/// <param name="network">The network.</param>
/// <param name="capacity">The greatest number of states.</param>
internal sealed class BatchStep(Network network, int capacity)
{
    private readonly float[] gateRoom = new float[capacity * network.Layers.Max(layer => layer.GateCount)];
    private readonly float[] scratchRoom = new float[capacity * network.Layers.Max(layer => layer.ScratchSize)];

    /// <summary>Reads a word into each state.</summary>
    /// <param name="words">The words' ids, one for each state.</param>
    /// <param name="states">The states; moved on.</param>
    public void Read(ReadOnlySpan<int> words, RecurrentStates states)
    {
        for (var index = 0; index < network.Layers.Count; index++)
        {
            var layer = network.Layers[index];
            var gates = new MatrixView(gateRoom, words.Length, layer.GateCount);
            if (index > 0) layer.ProjectInputs(states.Hidden(index - 1), gates);
            else for (var i = 0; i < words.Length; i++) network.ProjectWord(words[i], gates.Row(i));
            layer.Step(gates, states.Hidden(index), states.Cell(index), new MatrixView(scratchRoom, words.Length, layer.ScratchSize));
        }
    }
}
