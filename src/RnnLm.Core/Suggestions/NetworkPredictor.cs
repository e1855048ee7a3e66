using RnnLm.Mixtures;

namespace RnnLm.Suggestions;

/// <summary>Predicts words with a network, or with the mixture that it is part of.</summary>
/// <param name="tokenizer">What splits texts into words.</param>
/// <param name="vocabulary">The words.</param>
/// <param name="network">The network.</param>
/// <param name="mixture">The mixture; null where the network's probabilities are what is asked for.</param>
internal sealed class NetworkPredictor(Tokenizer tokenizer, Vocabulary vocabulary, Network network, Mixture? mixture) : WordPredictor(tokenizer, vocabulary)
{
    public override PredictorState Start()
    {
        var state = mixture is null ? network.CreateState() : mixture.CreateState();
        network.Step(Vocabulary.EndOfLineId, state);
        return new State(this, state);
    }

    /// <summary>A state that goes on from a copy of another.</summary>
    /// <param name="state">What was read, by this network or mixture.</param>
    public PredictorState From(RecurrentState state) => new State(this, state.Clone());

    private void Step(int word, RecurrentState state) => network.Step(word, state);

    private void LogProbabilities(RecurrentState state, Span<float> destination)
    {
        if (mixture is null) network.LogProbabilities(state, destination);
        else mixture.LogProbabilities(state, destination);
    }

    private sealed class State(NetworkPredictor predictor, RecurrentState state) : PredictorState
    {
        public override void Read(int word) => predictor.Step(word, state);

        public override void LogProbabilities(Span<float> destination) => predictor.LogProbabilities(state, destination);

        public override RecurrentState CopyOfState() => state.Clone();

        public override PredictorState Clone() => new State(predictor, state.Clone());
    }
}
