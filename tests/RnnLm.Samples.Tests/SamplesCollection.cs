namespace RnnLm.Samples.Tests;

/// <summary>The tests that run samples: one after another, since they build the same projects and share what they make.</summary>
[CollectionDefinition(nameof(Samples))]
public sealed class SamplesCollection : ICollectionFixture<Samples>;
