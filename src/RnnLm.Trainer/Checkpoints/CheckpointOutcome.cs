namespace RnnLm.Training;

/// <summary>What became of a checkpoint.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Record">What it tells of its run.</param>
/// <param name="Bytes">The length of the file.</param>
/// <param name="Paused">How long training stood still for it.</param>
/// <param name="Fault">Why it could not be written; null where it was.</param>
internal sealed record CheckpointOutcome(string Path, CheckpointRecord Record, long Bytes, TimeSpan Paused, Exception? Fault);
