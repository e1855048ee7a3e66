namespace RnnLm;

/// <summary>A language model, and how it was trained.</summary>
/// <param name="Model">The model, with the best weights.</param>
/// <param name="Result">How the training went.</param>
public sealed record TrainedModel(LanguageModel Model, TrainingResult Result);
