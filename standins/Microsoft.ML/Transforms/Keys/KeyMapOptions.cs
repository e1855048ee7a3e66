namespace Microsoft.ML.Transforms;

/// <summary>How values become keys.</summary>
internal readonly record struct KeyMapOptions(int MaximumKeys, ValueToKeyMappingEstimator.KeyOrdinality Ordinality, bool ValuesAsText);
