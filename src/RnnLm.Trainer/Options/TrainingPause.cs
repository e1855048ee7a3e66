namespace RnnLm.Training;

/// <summary>Where a run is paused: what its options say of its end, on which schedules may depend, stays as it is.</summary>
/// <param name="Time">After how much time from when it begins or goes on; null for no such pause.</param>
/// <param name="Epochs">After how many epochs; null for no such pause.</param>
internal readonly record struct TrainingPause(TimeSpan? Time, int? Epochs)
{
    /// <summary>Whether no epoch is to begin after one.</summary>
    public bool IsAfter(int epoch) => epoch >= Epochs;
}
