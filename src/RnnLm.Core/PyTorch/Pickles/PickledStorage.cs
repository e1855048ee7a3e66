namespace RnnLm.PyTorch.Pickles;

/// <summary>Where in an archive the values of one tensor or several lie.</summary>
/// <param name="Type">The type of the values, as safetensors calls it.</param>
/// <param name="Key">The name of the archive's entry.</param>
/// <param name="Count">The number of values.</param>
internal sealed record PickledStorage(string Type, string Key, long Count);
