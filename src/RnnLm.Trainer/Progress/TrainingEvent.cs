namespace RnnLm.Training;

/// <summary>Something that happened in a training run.</summary>
public abstract record TrainingEvent
{
    private protected TrainingEvent()
    {
    }

    /// <summary>The time since training began.</summary>
    public required TimeSpan Elapsed { get; init; }
}
