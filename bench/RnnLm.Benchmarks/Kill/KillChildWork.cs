namespace RnnLm.Benchmarks.Kill;

/// <summary>What a process is to train that this program starts to kill it.</summary>
/// <param name="Case">The configuration.</param>
/// <param name="Text">The file of the text to learn.</param>
/// <param name="Validation">The file by which epochs are compared; null where there is none.</param>
/// <param name="Output">The file of the model.</param>
/// <param name="Checkpoints">The folder of the checkpoints; null where there are none.</param>
/// <param name="Windows">How many windows there are from one checkpoint to the next.</param>
sealed record KillChildWork(KillCase Case, string Text, string? Validation, string Output, string? Checkpoints, int? Windows);
