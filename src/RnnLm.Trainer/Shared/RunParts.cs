namespace RnnLm.Training;

/// <summary>What a run consists of that is another where several processes train one network.</summary>
/// <param name="Options">The options.</param>
/// <param name="Engine">What runs the mathematics.</param>
/// <param name="Time">The clock.</param>
/// <param name="SourceOf">Gives the corpus as windows of so many streams or rows.</param>
internal sealed record RunParts(TrainingOptions Options, ITrainingEngine Engine, TimeProvider Time, Func<int, IWindowSource> SourceOf);
