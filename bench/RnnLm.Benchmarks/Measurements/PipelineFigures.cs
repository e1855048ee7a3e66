namespace RnnLm.Benchmarks.Measurements;

/// <summary>What a step of a pipeline cost.</summary>
/// <param name="Seconds">How long it took.</param>
/// <param name="Bytes">The most that was resident in its process until its end.</param>
sealed record PipelineFigures(double Seconds, long Bytes);
