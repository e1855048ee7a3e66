namespace RnnLm.Persistence;

/// <summary>An n-gram model that was added to a model.</summary>
/// <param name="Model">The n-gram model.</param>
/// <param name="Weight">Its share of the probability.</param>
internal sealed record NGramPart(NGramParts Model, double Weight);
