namespace RnnLm.Training.Tests;

/// <summary>
/// An engine that computes nothing: its losses are written down beforehand. The weights it hands over tell after how many steps
/// they were read: the first output bias is that number.
/// </summary>
internal sealed class ScriptedEngine(ManualTime? time = null) : ITrainingEngine
{
    public string Name => "scripted";

    /// <summary>What a step gives, by its number from 1; the loss is that of one word.</summary>
    public Func<long, WindowResult> Step { get; init; } = _ => new WindowResult(2, 1);

    /// <summary>The loss of one word before the first step.</summary>
    public double InitialLoss { get; init; } = 8;

    /// <summary>The loss of one word in each validation after it, by its number from 1.</summary>
    public Func<int, double> Validation { get; init; } = _ => 2;

    /// <summary>What happens when the weights are read, by how often that has been done.</summary>
    public Action<int> Reading { get; init; } = _ => { };

    /// <summary>What is done to weights that are handed over.</summary>
    public Action<NetworkWeights> Written { get; init; } = _ => { };

    public Action Disposing { get; init; } = () => { };

    public TimeSpan StepTime { get; init; }

    public TimeSpan ValidationTime { get; init; }

    public List<double> LearningRates { get; } = [];

    /// <summary>The lengths of the windows.</summary>
    public List<int> Windows { get; } = [];

    public List<double> Beta1s { get; } = [];

    /// <summary>After how many steps the weights were averaged, and with which share.</summary>
    public List<(long Steps, double Share)> Averaged { get; } = [];

    /// <summary>Of how many steps the weights were that it was told to go on from.</summary>
    public List<long> Taken { get; } = [];

    public bool CanAverage { get; init; } = true;

    public List<int> ValidatedLengths { get; } = [];

    public int Disposals { get; private set; }

    public static long StepsOf(NetworkWeights weights) => (long)weights.OutputBias.Values[0];

    public ITrainingSession Start(NetworkWeights initial, TrainingOptions options, IReadOnlyList<long>? wordCounts = null)
        => new Session(this, initial, time);

    private sealed class Session(ScriptedEngine engine, NetworkWeights initial, ManualTime? time) : ITrainingSession
    {
        private int readings;

        public WindowResult Train(Window window, double learningRate)
        {
            engine.LearningRates.Add(learningRate);
            engine.Windows.Add(window.Length);
            time?.Advance(engine.StepTime);
            var result = engine.Step(engine.LearningRates.Count);
            return result with { Loss = result.Loss * window.TargetCount };
        }

        public WindowResult ComputeGradients(Window window, NetworkWeights gradients) => throw new NotSupportedException();

        public double Evaluate(ReadOnlyMemory<int> ids, CancellationToken cancellationToken)
        {
            if (engine.LearningRates.Count == 0) return engine.InitialLoss * ids.Length;
            engine.ValidatedLengths.Add(ids.Length);
            time?.Advance(engine.ValidationTime);
            var loss = engine.Validation(engine.ValidatedLengths.Count) * ids.Length;
            cancellationToken.ThrowIfCancellationRequested();
            return loss;
        }

        public void UseBeta1(double beta1) => engine.Beta1s.Add(beta1);

        public void AverageWeights(double share)
        {
            if (!engine.CanAverage) throw new NotSupportedException("This engine cannot average weights.");
            engine.Averaged.Add((engine.LearningRates.Count, share));
        }

        public void WriteWeights(NetworkWeights source) => engine.Taken.Add(StepsOf(source));

        public void ReadWeights(NetworkWeights destination)
        {
            initial.CopyTo(destination);
            destination.OutputBias.Values[0] = engine.LearningRates.Count;
            engine.Written(destination);
            engine.Reading(++readings);
        }

        public void Dispose()
        {
            engine.Disposals++;
            engine.Disposing();
        }
    }
}
