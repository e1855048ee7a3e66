using Microsoft.ML;

namespace RnnLm;

/// <summary>What cross-validation gives for a fold.</summary>
/// <param name="Metrics">How well the model predicts the rows of the fold.</param>
/// <param name="Model">The pipeline that was fitted to all other rows.</param>
/// <param name="ScoredHoldOutSet">The rows of the fold, transformed by the model.</param>
/// <param name="Fold">The number of the fold, from 0.</param>
public sealed record CrossValidationResult(LanguageModelMetrics Metrics, ITransformer Model, IDataView ScoredHoldOutSet, int Fold)
{
    /// <summary>The fold and its metrics, for people to read.</summary>
    public override string ToString() => $"fold {Fold}: {Metrics}";
}
