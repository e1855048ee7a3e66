namespace Microsoft.ML.Data;

/// <summary>One estimator of a chain, and whether the data behind it is to be kept in memory for those that follow.</summary>
internal readonly record struct EstimatorLink(IEstimator<ITransformer> Estimator, TransformerScope Scope, bool CacheAfter);
