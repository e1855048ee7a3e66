namespace RnnLm.Training;

/// <summary>Where a run is paused: what its options say of its end, on which schedules may depend, stays as it is.</summary>
/// <param name="Time">After how much time of the whole run; null for no such pause.</param>
/// <param name="Epochs">After how many epochs; null for no such pause.</param>
internal readonly record struct TrainingPause(TimeSpan? Time, int? Epochs)
{
    /// <summary>The time of the pause or of the run's end, whichever is sooner; null where there is neither.</summary>
    public TimeSpan? Sooner(TimeSpan? limit) => Time is null || limit < Time ? limit : Time;

    /// <summary>Whether no epoch is to begin after one.</summary>
    public bool IsAfter(int epoch) => epoch >= Epochs;
}
