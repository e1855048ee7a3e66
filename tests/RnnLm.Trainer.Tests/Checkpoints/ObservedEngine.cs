namespace RnnLm.Training.Tests.Checkpoints;

/// <summary>The managed engine, and what is done when it is asked for something.</summary>
internal sealed class ObservedEngine : ITrainingEngine
{
    public string Name { get; init; } = "observed";

    /// <summary>What happens before a step, by its number in this session from 1.</summary>
    public Action<int> Training { get; init; } = _ => { };

    /// <summary>What happens before an evaluation.</summary>
    public Action Evaluating { get; init; } = () => { };

    /// <summary>What becomes of the state that is saved; false where the engine cannot.</summary>
    public Func<TrainingState, bool> Saved { get; init; } = _ => true;

    public ITrainingSession Start(NetworkWeights initial, TrainingOptions options, IReadOnlyList<long>? wordCounts = null)
        => new Session(this, new ManagedEngine().Start(initial, options, wordCounts));

    private sealed class Session(ObservedEngine engine, ITrainingSession inner) : ITrainingSession
    {
        private int steps;

        public WindowResult Train(Window window, double learningRate)
        {
            engine.Training(++steps);
            return inner.Train(window, learningRate);
        }

        public WindowResult ComputeGradients(Window window, NetworkWeights gradients) => inner.ComputeGradients(window, gradients);

        public double Evaluate(ReadOnlyMemory<int> ids, CancellationToken cancellationToken)
        {
            engine.Evaluating();
            return inner.Evaluate(ids, cancellationToken);
        }

        public void ReadWeights(NetworkWeights destination) => inner.ReadWeights(destination);

        public bool SaveState(TrainingState state) => inner.SaveState(state) && engine.Saved(state);

        public void RestoreState(TrainingState state) => inner.RestoreState(state);

        public void Dispose() => inner.Dispose();
    }
}
