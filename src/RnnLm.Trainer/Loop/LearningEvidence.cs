namespace RnnLm.Training;

/// <summary>
/// Whether a run that ends within its first epoch has learned anything: whether a sample of the corpus has a perplexity that is lower, by a
/// fiftieth at least, than with the weights it began with.
/// </summary>
/// <param name="initialLoss">The mean loss of a word of the sample with those weights, in nats; NaN where it could not be measured.</param>
internal sealed class LearningEvidence(double initialLoss)
{
    private const string InitialLoss = "initial_loss";

    private static readonly double LeastGain = -Math.Log(0.98);

    /// <summary>Whether that is the mean loss of a word of the sample with weights that have learned.</summary>
    public bool IsOf(double loss) => loss <= initialLoss - LeastGain;

    public void Save(TrainingState state) => state.Set(InitialLoss, initialLoss);

    public static LearningEvidence Restore(TrainingState state) => new(state.Get(InitialLoss));
}
