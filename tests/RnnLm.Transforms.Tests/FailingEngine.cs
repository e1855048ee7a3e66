namespace RnnLm.Transforms.Tests;

/// <summary>The managed engine, up to a step at which it fails.</summary>
internal sealed class FailingEngine(int stepsUntilFailure) : ITrainingEngine
{
    public string Name => "failing";

    public ITrainingSession Start(NetworkWeights initial, TrainingOptions options, IReadOnlyList<long>? wordCounts = null)
        => new Session(new ManagedEngine().Start(initial, options), stepsUntilFailure);

    private sealed class Session(ITrainingSession inner, int stepsUntilFailure) : ITrainingSession
    {
        private int steps;

        public WindowResult Train(Window window, double learningRate)
            => ++steps > stepsUntilFailure ? throw new IOException("The engine is out of order.") : inner.Train(window, learningRate);

        public WindowResult ComputeGradients(Window window, NetworkWeights gradients) => inner.ComputeGradients(window, gradients);

        public double Evaluate(ReadOnlyMemory<int> ids, CancellationToken cancellationToken) => inner.Evaluate(ids, cancellationToken);

        public void ReadWeights(NetworkWeights destination) => inner.ReadWeights(destination);

        public void Dispose() => inner.Dispose();
    }
}
