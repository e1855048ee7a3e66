namespace RnnLm.Transforms.Tests;

/// <summary>Hears of the progress of training on the training thread.</summary>
internal sealed class Listener(Action<TrainingEvent> listen) : IProgress<TrainingEvent>
{
    public void Report(TrainingEvent value) => listen(value);
}
