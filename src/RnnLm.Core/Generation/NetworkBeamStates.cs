using RnnLm.Inference;

namespace RnnLm.Generation;

/// <summary>The states of a beam of a network alone: all of them are read and predict with one product a matrix.</summary>
internal sealed class NetworkBeamStates : BeamStates
{
    private readonly Network network;
    private RecurrentStates states;
    private RecurrentStates next;

    /// <param name="network">The network.</param>
    /// <param name="start">What was read; left as it is.</param>
    /// <param name="width">The greatest number of continuations.</param>
    public NetworkBeamStates(Network network, RecurrentState start, int width)
    {
        this.network = network;
        states = new RecurrentStates(network.Shape, width);
        next = new RecurrentStates(network.Shape, width);
        states.CopyFrom(start.States, [0]);
    }

    public override void Predict(LogitWork work) => network.Output.LogProbabilitiesOfBest(states.Output, network.Shape.VocabularySize, work);

    public override void Advance(ReadOnlySpan<int> parents, ReadOnlySpan<int> words)
    {
        next.CopyFrom(states, parents);
        (states, next) = (next, states);
        network.Read(words, states);
    }
}
