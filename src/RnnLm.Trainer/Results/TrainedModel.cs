namespace RnnLm;

/// <summary>A language model, and how it was trained.</summary>
/// <param name="Model">The model, with the best weights.</param>
/// <param name="Result">How the training went.</param>
public sealed record TrainedModel(LanguageModel Model, TrainingResult Result)
{
    /// <summary>The network's sizes and how the training went, as a line in the invariant culture.</summary>
    public override string ToString() => $"{Model.Shape}; trained in {Result}";
}
