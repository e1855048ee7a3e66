namespace RnnLm.Training.Tests.Reference;

/// <summary>The words of a sampled softmax, and for every word the logarithm of how often it was to be expected among them.</summary>
internal sealed record ReferenceSample(IReadOnlySet<int> Words, Func<int, double> LogExpectedCount);
