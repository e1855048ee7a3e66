namespace RnnLm.Training;

/// <summary>Where training was: the epoch and the step, both from 1, and the learning rate.</summary>
internal readonly record struct TrainingPosition(int Epoch, long Step, double LearningRate)
{
    public override string ToString() => Invariant($"step {Step:N0} (epoch {Epoch}, learning rate {LearningRate:G6})");
}
