namespace RnnLm.Training.Tests;

/// <summary>Writes down what it is told, and does something about it.</summary>
internal sealed class Listener(Action<TrainingEvent>? act = null) : IProgress<TrainingEvent>
{
    public List<TrainingEvent> Events { get; } = [];

    public void Report(TrainingEvent value)
    {
        Events.Add(value);
        act?.Invoke(value);
    }
}
