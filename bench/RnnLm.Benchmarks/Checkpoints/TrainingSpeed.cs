namespace RnnLm.Benchmarks.Checkpoints;

/// <summary>How fast a training was, and what its checkpoints took.</summary>
/// <param name="WordsPerSecond">Words trained on a second, from the first window that counts to the last.</param>
/// <param name="Checkpoints">How many checkpoints were written in that time.</param>
/// <param name="MillisecondsPaused">How long training stood still for one; 0 where there was none.</param>
/// <param name="Bytes">How long one is; 0 where there was none.</param>
sealed record TrainingSpeed(double WordsPerSecond, int Checkpoints, double MillisecondsPaused, long Bytes);
