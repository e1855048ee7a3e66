namespace RnnLm.Packages.Tests;

/// <summary>The tests that use the packages: one after another, with the same <see cref="PackedSources"/>.</summary>
[CollectionDefinition(nameof(PackedSources))]
public sealed class PackedSourcesCollection : ICollectionFixture<PackedSources>;
